from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...tools.movement import OWN_USAGES


class StockLot(models.Model):
    """A lot that says where it lies, also when it lies in several places."""

    _inherit = "stock.lot"

    stock_places = fields.Char(
        compute="_compute_stock_places",
        string="Lies in",
        help="Where it is on hand; with its quantities if these are several places.",
    )

    @api.depends("quant_ids.quantity", "quant_ids.location_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_stock_places(self):
        places = self._origin._quantities_by_place()
        for lot in self:
            lot.stock_places = lot._places_text(places.get(lot._origin.id, []))

    def _quantities_by_place(self):
        """Return ``{lot id: [(stock.location, quantity)]}``, in one query.

        Only stock that the user sees; nothing without the right to see any.
        """
        quants, found = self.env["stock.quant"], {}
        if not quants.has_access("read"):
            return found
        domain = [
            ("lot_id", "in", self.ids),
            ("location_id.usage", "in", OWN_USAGES),
            ("quantity", ">", 0),
        ]
        for lot, place, quantity in quants._read_group(
            domain, ["lot_id", "location_id"], ["quantity:sum"]
        ):
            found.setdefault(lot.id, []).append((place, quantity))
        return found

    def _places_text(self, places):
        if len(places) == 1:
            return places[0][0].display_name
        return ", ".join(
            f"{place.display_name}: {self._quantity_text(quantity)}"
            for place, quantity in places
        )

    def _quantity_text(self, quantity):
        """Return a quantity of the lot with its unit, as the user writes numbers."""
        amount = formatLang(self.env, quantity, dp="Product Unit")
        return f"{amount} {self.product_uom_id.name}"

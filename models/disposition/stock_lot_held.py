from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.movement import STOCK_USAGES

IN_STOCK = [("quantity", ">", 0), ("location_id.usage", "in", STOCK_USAGES)]


class StockLot(models.Model):
    """A lot that is held: by its own disposition, or by the place of some of it."""

    _inherit = "stock.lot"

    is_held = fields.Boolean(
        compute="_compute_is_held",
        search="_search_is_held",
        help="Whether some movement of it is forbidden, or of a part of it.",
    )

    @api.depends("disposition_id", "quant_ids.location_id", "quant_ids.quantity")
    def _compute_is_held(self):
        held = self.filtered_domain(self._held_domain())
        for lot in self:
            lot.is_held = lot in held

    @api.model
    def _search_is_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        held = self._held_domain()
        return held if True in value else ~held

    @api.model
    def _held_domain(self):
        """Return the domain of lots of which something is forbidden."""
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        held = Domain("disposition_id", "in", list(restrictive))
        imposed = restrictive & self.env["stock.location"]._imposing_ids()
        if not imposed:
            return held
        place = Domain("location_id.imposed_disposition_ids", "in", list(imposed))
        return held | Domain("quant_ids", "any", Domain(IN_STOCK) & place)

    def _held_in_place(self, purpose):
        """Return ``{lot id: disposition}`` of lots that lie only where it is forbidden.

        :param purpose: one of ``tools.movement.USES``, or None for none in particular
        """
        if not purpose or not self.env["stock.location"]._imposing_ids():
            return {}
        # sudo: whoever may choose a lot may read what its place imposes; own companies
        quants = self.env["stock.quant"].sudo()
        mine = [("company_id", "in", [False, *self.env.companies.ids])]
        found = quants.search([("lot_id", "in", self.ids), *IN_STOCK, *mine])
        held = {}
        for lot, lying in found.grouped("lot_id").items():
            by = [quants._held_by(lot, quant.location_id, purpose) for quant in lying]
            if all(by):
                held[lot.id] = by[0].disposition
        return held

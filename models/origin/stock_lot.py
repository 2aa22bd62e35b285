from odoo import api, fields, models
from odoo.fields import Domain

from ..base.ids import check_chosen

#: Whom and what a person chooses: each is shown by its name.
CHOSEN = ("supplier_id", "production_warehouse_id")
#: What says where a lot comes from.
ORIGIN = (
    "supplier_id",
    "supplier_lot_name",
    "origin_country_id",
    "production_date",
    "production_line",
    "production_warehouse_id",
)


class StockLot(models.Model):
    """What is kept of a lot's origin, for its number and for those who ask."""

    _inherit = "stock.lot"

    production_date = fields.Date(
        help="The day it was made, in the company's time zone."
    )
    supplier_id = fields.Many2one(
        "res.partner", index="btree_not_null", help="Who delivered it to us."
    )
    supplier_lot_name = fields.Char(
        "Supplier's batch number",
        index="trigram",
        help="The number that the supplier has given to the batch, as on its label.",
    )
    production_warehouse_id = fields.Many2one(
        "stock.warehouse", "Place", help="The warehouse where it was made."
    )
    production_line = fields.Char(
        "Line or equipment",
        help="What it was made on: letters and digits, as in LINE2.",
    )
    origin_country_id = fields.Many2one(
        "res.country",
        "Country of origin",
        compute="_compute_origin_country_id",
        store=True,
        readonly=False,
    )

    @api.depends("product_id")
    def _compute_origin_country_id(self):
        """Start with the product's country, where an installed app knows one."""
        known = "country_of_origin" in self.env["product.product"]._fields
        for lot in self:
            lot.origin_country_id = (
                lot.origin_country_id or known and lot.product_id.country_of_origin
            )

    @api.model_create_multi
    def create(self, vals_list):
        check_chosen(self, vals_list, CHOSEN)
        return super().create(vals_list)

    def write(self, vals):
        check_chosen(self, [vals], CHOSEN)
        return super().write(vals)

    @api.model
    def _audited_fields(self):
        origin = dict.fromkeys(ORIGIN, "properties")
        return {**origin, **super()._audited_fields()}

    def onchange(self, values, field_names, fields_spec):
        check_chosen(self, [values], CHOSEN)
        return super().onchange(values, field_names, fields_spec)

    def _home_company(self):
        """Return the company whose clock counts for this lot.

        Its own, that of the warehouse where it is made, the product's, or the active.
        """
        # sudo: whose lot it is decides, whether or not the user may read the warehouse
        lot = self.sudo()
        owners = (lot.company_id, lot.production_warehouse_id.company_id)
        owners += (lot.product_id.company_id, self.env.company)
        return next(filter(None, owners)).with_env(self.env)

    def _supplier_key(self):
        """Return what tells a supplier's batch from all others."""
        supplier = self.supplier_id.commercial_partner_id
        return self.product_id, supplier, self.supplier_lot_name

    @api.model
    def _search_display_name(self, operator, value):
        """Find lots by their supplier's number as well, wherever people type one.

        An exact match stays one of the lot's own number: imports rely on it.
        """
        domain = super()._search_display_name(operator, value)
        if not (value and operator in ("ilike", "like")):
            return domain
        return domain | Domain("supplier_lot_name", operator, value)

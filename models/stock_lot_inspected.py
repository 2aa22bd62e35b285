from odoo import fields, models


# Being inspected is a subject of its own, beside what a lot may do.
class StockLot(models.Model):
    """A lot knows its inspections."""

    _inherit = "stock.lot"

    inspection_ids = fields.One2many("stock.lot.inspection", "lot_id", "Inspections")

from odoo import fields, models


class StockLotGap(models.Model):
    """Knows the work center a lot was made at."""

    _inherit = "stock.lot.gap"

    workcenter_id = fields.Many2one("mrp.workcenter", ondelete="set null")

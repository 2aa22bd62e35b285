from odoo import api, models


class StockLot(models.Model):
    """What a lot is worth on average is counted by accounting, and typed by nobody."""

    _inherit = "stock.lot"

    @api.model
    def _worked_out_fields(self):
        return super()._worked_out_fields() | {"avg_cost"}

from odoo import models
from odoo.tools import SQL


# Two people at once are a subject of its own, beside what a disposition permits.
class StockLot(models.Model):
    """A lot is never held and reserved at the same time, whoever commits first."""

    _inherit = "stock.lot"

    def write(self, vals):
        if "disposition_id" in vals:
            lots = SQL("lot_id = ANY(%s)", self.ids)
            self.env["stock.quant"]._claim_where(lots)
        return super().write(vals)

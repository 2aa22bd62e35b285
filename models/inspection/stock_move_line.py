from odoo import models


class StockMoveLine(models.Model):
    """Asks for inspections of what is received or produced."""

    _inherit = "stock.move.line"

    def _action_done(self):
        result = super()._action_done()
        self.env["stock.lot.inspection"]._inspect_arrivals(self.exists())
        return result

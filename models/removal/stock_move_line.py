from odoo import models


class StockMoveLine(models.Model):
    """Asks once for the strategies of what a transfer moves."""

    _inherit = "stock.move.line"

    def _action_done(self):
        with self.env["stock.quant"]._doing_transfer():
            return super()._action_done()

    def action_explain_removal(self):
        """Open “Why this batch?” of the move."""
        self.ensure_one()
        return self.move_id.action_explain_removal()

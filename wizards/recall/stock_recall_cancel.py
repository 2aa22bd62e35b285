from odoo import fields, models


class StockRecallCancel(models.TransientModel):
    """Asks why a draft of a recall is given up."""

    _name = "stock.recall.cancel"
    _inherit = "batch.wizard"
    _description = "Cancel a Draft Recall"

    recall_id = fields.Many2one("stock.recall", required=True, readonly=True)
    reason = fields.Char()

    def cancel(self):
        """Cancel the draft."""
        self.ensure_one()
        self.recall_id._cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}

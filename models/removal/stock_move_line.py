from odoo import models

from ...tools.removal.reservation import ReservationContext, TransferCache
from ..base.ids import check_one


class StockMoveLine(models.Model):
    """Asks for the strategy of goods once, and not for each line of a transfer."""

    _inherit = "stock.move.line"

    def _action_done(self):
        cache = TransferCache(self.env["stock.removal"]._refused_methods())
        anybody = self.env["stock.quant"]._any_need()
        transfer = ReservationContext(anybody, transfer_cache=cache)
        moving = self.with_context(batch_reservation=transfer)
        return super(StockMoveLine, moving)._action_done()

    def action_explain_removal(self):
        """Open “Why this batch?” of the move."""
        check_one(self)
        return self.move_id.action_explain_removal()

from odoo import models

from .stock_lot_inspection import OPEN


class StockPicking(models.Model):
    """A receipt that says what is to be inspected of it."""

    _inherit = "stock.picking"

    def _batch_summary(self):
        """Add which batches wait for an inspection."""
        summary = super()._batch_summary()
        lots = self.move_line_ids.lot_id
        waiting = lots.filtered(lambda lot: lot.inspection_state == OPEN)
        if waiting:
            summary.append(
                self.env._(
                    "To inspect: %(count)s (%(names)s).",
                    count=len(waiting),
                    names=waiting._links_label(),
                )
            )
        return summary

from odoo import models

from . import ledger


class StockPicking(models.Model):
    """What core writes on lines while it finishes their transfer belongs to that."""

    _inherit = "stock.picking"

    def _action_done(self):
        with ledger.finishing(self.env.cr):
            return super()._action_done()

    def _batch_summary(self):
        """Add what is held of what came in."""
        summary = super()._batch_summary()
        held = self.move_line_ids.lot_id.filtered("is_restricted")
        for disposition, lots in held.grouped("disposition_id").items():
            summary.append(
                self.env._(
                    "“%(disposition)s”: %(count)s (%(names)s).",
                    disposition=disposition.name,
                    count=len(lots),
                    names=lots._names_label(),
                )
            )
        return summary

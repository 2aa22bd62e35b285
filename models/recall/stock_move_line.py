from odoo import models

from .kinds import OPEN_STATES


class StockMoveLine(models.Model):
    """What an open recall has counted stays as it was done."""

    _inherit = "stock.move.line"

    def _held_evidence(self):
        # sudo: a recall of another company has counted it as well
        reached = self.env["stock.recall.lot"].sudo()
        reached = reached.search(
            [
                ("lot_id", "in", self.lot_id.ids),
                ("recall_id.state", "in", OPEN_STATES),
                ("recall_id.is_drill", "=", False),
                ("is_cleared", "=", False),
            ]
        )
        counted = self.filtered(lambda line: line.lot_id in reached.lot_id)
        return super()._held_evidence() | counted

    def _evidence_of(self):
        return super()._evidence_of() or self.env._("recalled")

from odoo import models


class StockMoveLine(models.Model):
    """What an open recall has counted stays as it was done."""

    _inherit = "stock.move.line"

    def _held_evidence(self):
        reached = self.lot_id._reached_by_recalls()
        counted = self.filtered(lambda line: line.lot_id in reached)
        return super()._held_evidence() | counted

    def _evidence_of(self):
        return super()._evidence_of() or self.env._("recalled")

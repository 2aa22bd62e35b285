from odoo import api, fields, models

from ..recall.kinds import OPEN_STATES


class StockRecallLot(models.Model):
    """How much of a recalled batch has no place, or is too much."""

    _inherit = "stock.recall.lot"

    gap = fields.Float(
        compute="_compute_gap",
        digits="Product Unit",
        help="Came in, and is neither on hand nor delivered, used or removed; below 0: "
        "more is there than came in.",
    )
    gap_reason = fields.Char("Why", readonly=True, help="Why not all is accounted for.")

    @api.depends("came_in", "on_hand", "delivered", "consumed", "removed", "passed_on")
    def _compute_gap(self):
        for line in self:
            known = line.on_hand + line.delivered + line.consumed + line.removed
            line.gap = line.came_in - known - line.passed_on

    def _explain_gap(self, reason):
        """Say why not all of some batches is accounted for; an event is left."""
        recalls = self.recall_id
        for recall in recalls:
            recall._check_step(*OPEN_STATES)
            reason = recall._checked_reason(reason)
        # sudo: only a recall's steps write its rows, and the right is checked
        self.sudo().gap_reason = reason
        for recall, lines in self.grouped("recall_id").items():
            what = self.env._("Gap explained")
            recall._note_step(what, reason=reason, lots=lines.lot_id)

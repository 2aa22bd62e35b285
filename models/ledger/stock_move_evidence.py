from odoo import models


class StockMove(models.Model):
    """A move that is done stays done: its lines are what was moved."""

    _inherit = "stock.move"

    def write(self, vals):
        if vals.get("state", "done") == "done":
            return super().write(vals)
        lines = self.filtered(lambda move: move.state == "done").move_line_ids
        lines._check_may_correct("")
        before = {line: line._evidence() for line in lines}
        result = super().write(vals)
        after = {line: line._evidence() for line in lines}
        lines._note_corrections(before, after, "")
        return result

from odoo import models

from .exceptions import DoneStaysError

#: What a move says of its lines for good, once they are done.
FIXED_FIELDS = ("company_id", "product_id")


class StockMove(models.Model):
    """A move that is done stays done: its lines are what was moved."""

    _inherit = "stock.move"

    def write(self, vals):
        self._check_done_stays(vals)
        if vals.get("state", "done") == "done":
            return super().write(vals)
        # sudo: what is done is found whatever the user may read
        done = self.sudo().filtered(lambda move: move.state == "done")
        lines = done.move_line_ids.with_env(self.env)
        lines._check_may_correct("")
        before = {line: line._evidence() for line in lines}
        result = super().write(vals)
        after = {line: line._evidence() for line in lines}
        lines._note_corrections(before, after, "")
        return result

    def _check_done_stays(self, vals):
        """Refuse to say that something else was moved, or by another company.

        :raises DoneStaysError: naming the move
        """
        names = [name for name in FIXED_FIELDS if name in vals]
        if not names or self.env.su:
            return
        for move in self.sudo().filtered(lambda move: move.state == "done"):
            for name in names:
                if move[name].id != vals[name]:
                    raise DoneStaysError(move.with_env(self.env), name)

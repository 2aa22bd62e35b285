from odoo import models

from ..base.deletion import with_guards_of_core
from . import ledger
from .exceptions import DoneStaysError, NotCarriedOutError


class StockMoveLine(models.Model):
    """A line is done by being carried out, and is never deleted from then on.

    Its state is that of its move. Core keeps both in step; whoever writes one of them
    alone, or hangs a line on another move, would tell of goods that never moved, or
    nothing more of goods that did.
    """

    _inherit = "stock.move.line"

    def write(self, vals):
        self._check_state_is_earned(vals)
        self._check_stays_in_step(vals)
        return super().write(vals)

    def unlink(self):
        return super(StockMoveLine, with_guards_of_core(self)).unlink()

    def _settle(self, operation):
        result = super()._settle(operation)
        others = self.browse(operation.joined) - self
        for line in others or self.filtered(lambda line: not line._is_in_step()):
            raise NotCarriedOutError(line)
        return result

    def _is_in_step(self):
        return (self.state == "done") == (self.sudo().move_id.state == "done")

    def _check_state_is_earned(self, vals):
        """Refuse to call lines done, or no longer done: that follows from their move.

        :raises NotCarriedOutError: naming a line
        :raises DoneStaysError: naming a line that is done
        """
        if "state" not in vals:
            return
        for line in self:
            if line.state == "done" and vals["state"] != "done":
                raise DoneStaysError(line, "state")
            if line.state != "done" and vals["state"] == "done":
                raise NotCarriedOutError(line)

    def _check_stays_in_step(self, vals):
        """Refuse to hang lines on moves, or in transfers, of which they were no part.

        :raises NotCarriedOutError: naming a line that joins what is done
        :raises DoneStaysError: naming a line that leaves it
        """
        if vals.keys().isdisjoint(("move_id", "picking_id")):
            return
        for line in self:
            # sudo: what is done is done whatever the user may read
            move = line.sudo().move_id
            if "move_id" in vals:
                move = move.browse(vals["move_id"] or [])
                line._check_may_join(move)
            if line.state != "done" or "picking_id" not in vals:
                continue
            if (vals["picking_id"] or False) != move.picking_id.id:
                raise DoneStaysError(line, "picking_id")

    def _check_may_join(self, move):
        """Refuse to hang a line on a move that is done, if it is not, or vice versa.

        A line that is being created in a transfer that is done gets a move that is; its
        goods move as well. Whether it is such a line is asked when that ends.
        """
        if self.state == "done" and move.state != "done":
            raise DoneStaysError(self, "move_id")
        if self.state != "done" and move.state == "done":
            operation = ledger.current(self.env.cr)
            if operation is None:
                raise NotCarriedOutError(self)
            operation.joined.add(self.id)

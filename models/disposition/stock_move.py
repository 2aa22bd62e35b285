from odoo import models

from ...tools.movement import DELIVER, MOVE, STOCK_USAGES, purpose_of
from . import counting


class StockMove(models.Model):
    """A move says what its goods are for: that is what a disposition permits or not."""

    _inherit = "stock.move"

    def _batch_purpose(self):
        """Return what the goods are for in the end: picking for a delivery delivers.

        :return: one of ``tools.movement.PURPOSES``, or None
        """
        self.ensure_one()
        if self._is_internal_to_operation():
            return None  # what is made of a held lot is held
        last = self._batch_last_move()
        target = last.location_final_id or last.location_dest_id
        return self._purpose_between(self.location_id, target)

    def _is_internal_to_operation(self):
        """Tell whether the move only turns a lot into others, which inherit its state.

        A hook: such moves need no permission.
        """
        return False

    def _purpose_between(self, source, target):
        """Return what goods are for that go from one stock.location to another.

        :return: one of ``tools.movement.PURPOSES``, or None where nothing is asked
        """
        if target.usage == "transit" and not target.company_id:
            return DELIVER  # to another company
        # The field says what anybody may have written; relocating has it too.
        counted = self.is_inventory and counting.is_counting(self.env.cr)
        purpose = purpose_of(source.usage, target.usage, counting=counted)
        # sudo: what a place imposes holds for people who may not read it
        if purpose == MOVE and target.sudo()._is_restrictive():
            return None  # into a quarantine, whatever it is
        return purpose

    def _batch_last_move(self):
        """Return the last open move of the chain that this one feeds."""
        move, seen = self, self
        while following := self._batch_next_move(move) - seen:
            move = following
            seen |= move
        return move

    def _batch_next_move(self, move):
        if move.location_dest_id.usage not in STOCK_USAGES:
            return self.browse()
        return move.move_dest_ids.filtered(lambda m: m.state != "cancel")[:1]

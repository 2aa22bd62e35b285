from odoo import models

from ..recall.kinds import OPEN_STATES
from .exceptions import WaivedWithoutReasonError


class StockRecallConsignee(models.Model):
    """Rows that are given up with a reason: they are closed all the same."""

    _inherit = "stock.recall.consignee"

    def _waive(self, reason):
        """Give rows up, and leave an event.

        :raises WaivedWithoutReasonError: if nobody says why
        """
        reason = (reason or "").strip()
        if not reason:
            raise WaivedWithoutReasonError(self)
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)
        # sudo: only a recall's steps write its rows, and the right is checked
        self.sudo().write({"waived_reason": reason, "waived_by_id": self.env.uid})
        for recall, rows in self.grouped("recall_id").items():
            what = self.env._("Given up")
            names = recall._named_in_history(rows.partner_id)
            new = ", ".join(names[:20])
            recall._note_step(what, new=new, reason=reason)

    def action_take_up_again(self):
        """Undo that rows were given up."""
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)
        given_up = self.filtered("waived_reason")
        # sudo: as above
        given_up.sudo().write({"waived_reason": False, "waived_by_id": False})
        for recall, rows in given_up.grouped("recall_id").items():
            names = recall._named_in_history(rows.partner_id)
            recall._note_step(self.env._("Taken up again"), new=", ".join(names[:20]))

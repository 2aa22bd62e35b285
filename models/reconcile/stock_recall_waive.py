from odoo import models

from ...tools.words import says_something
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
        if not says_something(reason):
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

    def _keep_told(self, told, answer):
        """Take up again what was given up: somebody has answered after all."""
        result = super()._keep_told(told, answer)
        self.filtered("waived_reason")._reopen(self.env._("Answered after all"))
        return result

    def _reopen(self, why):
        # sudo: as above
        self.sudo().write({"waived_reason": False, "waived_by_id": False})
        for recall, rows in self.grouped("recall_id").items():
            names = recall._named_in_history(rows.partner_id)
            what = self.env._("Taken up again")
            recall._note_step(what, new=", ".join(names[:20]), reason=why)

    def action_take_up_again(self):
        """Undo that rows were given up."""
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)
        self.filtered("waived_reason")._reopen("")

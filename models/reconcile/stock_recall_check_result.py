from odoo import fields, models

from ...tools.words import says_something
from ..recall.kinds import OPEN_STATES
from .exceptions import (
    CheckIncompleteError,
    CheckIsEvidenceError,
    WaivedWithoutReasonError,
)


class StockRecallCheck(models.Model):
    """What a check comes to; every result leaves an event."""

    _inherit = "stock.recall.check"

    def action_verify(self):
        """Say that a consignee was told and has acted on it."""
        self._close("verified")

    def action_fail(self):
        """Say that a consignee was not told, or has not acted on it."""
        self._close("failed")

    def _close(self, state):
        self.ensure_one()
        self._check_may_check()
        if self.state != "drawn":
            raise CheckIsEvidenceError(self)
        missing = self._missing(state)
        if missing:
            raise CheckIncompleteError(self, missing)
        # sudo: results are only written by these steps, and the right is checked
        self.sudo().write(
            {
                "state": state,
                "user_id": self.env.uid,
                "date": self.date or fields.Datetime.now(),
            }
        )
        self._note_result()

    def _missing(self, state):
        """Return why a check cannot have this result, as sentences."""
        missing = []
        if not self.got_notice:
            missing.append(self.env._("Say whether they have received the notice."))
        if state == "failed":
            return missing
        if self.got_notice in ("no", "unknown"):
            missing.append(self.env._("Who does not know of the notice is not told."))
        if self.did_as_told != "yes":
            missing.append(self.env._("Say whether they did as told."))
        if self.for_sale:
            missing.append(self.env._("Goods are still for sale: that has failed."))
        return missing

    def _put_right(self, how):
        """Say how what has failed was put right: then it is verified."""
        self.ensure_one()
        self._check_may_check()
        how = (how or "").strip()
        if self.state != "failed":
            raise CheckIsEvidenceError(self)
        if not says_something(how):
            raise WaivedWithoutReasonError(self)
        # sudo: as above
        self.sudo().write({"state": "verified", "put_right": how})
        self._note_result()

    def _waive(self, reason):
        """Give checks up with a reason."""
        self._check_may_check()
        reason = (reason or "").strip()
        if not says_something(reason):
            raise WaivedWithoutReasonError(self)
        for check in self:
            if check.state == "verified":
                raise CheckIsEvidenceError(check)
            # sudo: as above
            check.sudo().write(
                {
                    "state": "waived",
                    "waived_reason": reason,
                    "waived_by_id": self.env.uid,
                }
            )
            check._note_result()

    def _check_may_check(self):
        """Ask for the right, and whether the recall is open."""
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)

    def _note_result(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        reason = self.put_right or self.waived_reason or ""
        [who] = self.recall_id._named_in_history(self.partner_id)
        self.recall_id._note_step(
            self.env._("Effectiveness check of %s", who),
            new=states[self.state],
            reason=reason,
        )

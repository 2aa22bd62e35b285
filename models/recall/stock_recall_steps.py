from odoo import fields, models

from ...tools.words import says_something
from ..history.signature import signed
from .exceptions import (
    RecallIsClosedError,
    RecallNotClosableError,
    StepWithoutReasonError,
)
from .stock_recall import RECALL_MANAGER

#: What part somebody had in a recall: the more of it, the less he closes it.
NOTHING, APPROVED, LAUNCHED = range(3)


class StockRecall(models.Model):
    """The steps of a recall after its draft: launch, monitor, close, or cancel."""

    _inherit = "stock.recall"

    cancel_reason = fields.Char("Why cancelled", readonly=True)
    close_user_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    expand_user_ids = fields.Many2many(
        "res.users",
        "stock_recall_expand_user_rel",
        string="Expanded by",
        readonly=True,
        copy=False,
    )

    @signed(lambda recall: recall.env._("Recall launched"))
    def action_launch(self):
        """Launch the draft; see ``_start``."""
        self.ensure_one()
        self._start(alone=True)

    def action_monitor(self):
        """Say that everybody was told: now it is watched what comes back."""
        self._check_step("progress")
        # sudo: a recall is only ever written by its steps, and the right is checked
        self.sudo().state = "monitoring"

    def _cancel(self, reason):
        """Give up a draft; what was launched is closed instead.

        :param str reason: why nothing is recalled
        """
        self._check_step("draft")
        reason = self._checked_reason(reason)
        # sudo: as above
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})

    def _checked_reason(self, reason):
        reason = (reason or "").strip()
        if not says_something(reason):
            raise StepWithoutReasonError(self)
        return reason

    # -- closing

    @signed(lambda recall: recall.env._("Recall closed"))
    def action_close(self):
        """Close it, when nothing is open any more.

        :raises RecallRightMissingError: for users who are no recall managers
        :raises RecallIsClosedError: if it is not open
        :raises RecallNotClosableError: naming what is open
        """
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        if not self._is_open():
            raise RecallIsClosedError(self)
        gates = self._closing_gates()
        if unmet := [(key, sentence) for key, ok, sentence in gates if not ok]:
            raise RecallNotClosableError(self, unmet)
        # sudo: as above
        self.sudo().write(
            {
                "state": "closed",
                "date_close": fields.Datetime.now(),
                "close_user_id": self.env.uid,
            }
        )
        self._after_close()

    def _after_close(self):
        """Do what follows from closing; rooms extend it."""

    def _closing_gates(self):
        """Return what must be so before it is closed; rooms add theirs.

        :return: ``[(key, whether it is so, sentence)]``, the sentence for both
        """
        self.ensure_one()
        return [] if self.is_drill else [self._second_person_gate()]

    def _second_person_gate(self):
        if self.close_user_id:
            sentence = self.env._(
                "%(first)s launched it, %(second)s closed it.",
                first=self.launch_user_id.sudo().name or "",
                second=self.close_user_id.sudo().name,
            )
            return ("second_person", True, sentence)
        if self.state == "closed":
            # By an earlier version, which did not keep by whom.
            when = self.env["stock.lot"]._moment_text(self.date_close)
            return ("second_person", True, self.env._("Closed on %s.", when))
        return ("second_person", *self._second_person())

    def _second_person(self):
        """Return whether this user may close it, and the sentence that says why."""
        mine = self._part_of(self.env.user)
        others = [self._part_of(user) for user in self._others_may_close()]
        if self.launch_user_id and not mine:
            sentence = self.env._(
                "Closing needs a second person: %(who)s launched it, you close it.",
                who=self.launch_user_id.sudo().name,
            )
            return True, sentence
        if not others:
            sentence = self.env._(
                "Closing needs a second person, but nobody else is a recall manager."
            )
            return True, sentence
        if mine <= min(others):
            sentence = self.env._(
                "Closing needs a second person, but every recall manager has launched, "
                "expanded or approved it."
            )
            return True, sentence
        return self.env["stock.lot"]._is_system(), self._not_second_text(mine)

    def _part_of(self, user):
        """Return how much of what is closed was this user's own: ``NOTHING`` is best.

        Rooms extend it.
        """
        launched = user == self.launch_user_id or user in self.expand_user_ids
        return LAUNCHED if launched else NOTHING

    def _not_second_text(self, part):
        """Return why who had a part in a recall does not close it; rooms extend it."""
        if self.env.user == self.launch_user_id:
            return self.env._(
                "Closing needs a second person: you launched it, another recall "
                "manager closes it."
            )
        return self.env._(
            "Closing needs a second person: you expanded it, another recall manager "
            "closes it."
        )

    def _others_may_close(self):
        # sudo: that there is somebody else is no secret
        managers = self.env.ref(RECALL_MANAGER).sudo().all_user_ids
        company = self.company_id
        return managers.filtered(
            lambda user: (
                user.active and user != self.env.user and company in user.company_ids
            )
        )

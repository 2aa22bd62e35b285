from odoo import fields, models
from odoo.exceptions import UserError

from ..history.signature import signed
from .exceptions import InspectionIncompleteError
from .stock_lot_inspection import ACCEPTED, CANCELLED, FAILED, OPEN, PASSED


class StockLotInspection(models.Model):
    """Closing an inspection, and what it does to the lot."""

    _inherit = "stock.lot.inspection"

    @signed(lambda inspections: inspections.env._("Inspected"))
    def action_complete(self):
        """Evaluate these inspections, and put the lots under what follows.

        :raises UserError: while a required result is missing
        """
        self._check_may_enter()
        self._begin()
        self._check_everything_entered()
        failed = self.filtered(lambda inspection: inspection._has_failed())
        failed._close(FAILED, failed_after_id=self._last_id() if failed else 0)
        (self - failed)._close(PASSED, failed_after_id=0)
        self._note_events(
            self.env._("Inspection"), new=lambda inspection: inspection._outcome()
        )
        self._put_lots_under()

    def _outcome(self):
        """Return number, state, and what failed, for the history of the lot."""
        state = f"{self.name} {self._state_label()}"
        return f"{state}: {self.failure}" if self.failure else state

    def _check_everything_entered(self):
        for inspection in self:
            if not inspection.result_ids:
                raise UserError(
                    self.env._(
                        "The plan “%s” asks for nothing: there is nothing to judge.",
                        inspection.plan_id.name,
                    )
                )
            missing = inspection.result_ids.filtered(
                lambda result: result.is_required and not result.is_entered
            )
            if missing:
                names = dict.fromkeys(result._cell_name() for result in missing)
                raise InspectionIncompleteError(inspection, list(names))

    def _close(self, state, **values):
        # sudo: who may is checked by the caller; nobody writes an inspection directly
        self.sudo().write(
            {
                "state": state,
                "completed_on": fields.Datetime.now(),
                "completed_by": self.env.uid,
                **values,
            }
        )

    def _last_id(self):
        return self.sudo().search([], order="id desc", limit=1).id

    # -- decisions of a quality manager

    def _accept(self, reason):
        """Let failed inspections count as passed: a deviation.

        :param str reason: why; stays in the history of the lot
        """
        self._decide(reason, FAILED)
        self._check_second_person()
        self._close(ACCEPTED, decision=reason)
        self._note_events(
            self.env._("Deviation accepted"),
            old=self.env._("Failed"),
            new=lambda inspection: f"{inspection.name}: {inspection.failure or ''}",
            reason=reason,
        )
        # Who has found it failed has not agreed to a release: another one must.
        self._put_lots_under()

    def _check_second_person(self):
        """Refuse who has completed what is now accepted, where two people release."""
        lots = self.env["stock.lot"]
        for inspection in self:
            if inspection.completed_by == self.env.user and lots._needs_four_eyes(
                inspection.company_id
            ):
                raise UserError(
                    self.env._(
                        "Two people release in this company, and you have completed "
                        "%s yourself. Ask another quality manager to accept it.",
                        inspection.name,
                    )
                )

    def _reopen(self, reason):
        """Open closed inspections again, so that results can be corrected.

        A lot that waits for its inspection by plan waits again.
        """
        self._decide(reason, PASSED, FAILED, ACCEPTED)
        labels = {inspection: inspection._state_label() for inspection in self}
        self._withdraw_proposals()
        # sudo: a quality manager decides; nobody writes an inspection directly
        self.sudo().write(
            {
                "state": OPEN,
                "completed_on": False,
                "completed_by": False,
                "is_reopened": True,
                "decision": reason,
                "failed_after_id": 0,
            }
        )
        for inspection in self:
            inspection._note_events(
                self.env._("Inspection reopened"),
                old=f"{inspection.name} {labels[inspection]}",
                new=inspection._state_label(),
                reason=reason,
            )
        self.filtered("plan_id.quarantine_until_inspected")._quarantine(reason)

    def _cancel(self, reason):
        """Close inspections that were made by mistake.

        Lots that have passed all their others need not wait for these any more; what
        nothing has passed stays as it is.
        """
        self._decide(reason, OPEN)
        self._close(CANCELLED, decision=reason)
        self._note_events(
            self.env._("Inspection cancelled"),
            new=lambda inspection: inspection.name,
            reason=reason,
        )
        self._passed_beside()._put_lots_under()

    def _decide(self, reason, *states):
        """Refuse who is no quality manager, no reason, and other states."""
        self._check_quality_right()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: others will want to know."))
        for inspection in self:
            if inspection.state not in states:
                raise UserError(
                    self.env._(
                        "Inspection %(name)s is “%(state)s”: this cannot be done now.",
                        name=inspection.name,
                        state=inspection._state_label(),
                    )
                )

    # -- screens

    def action_accept(self):
        return self._ask_why("accept", self.env._("Accept by deviation"))

    def action_reopen(self):
        return self._ask_why("reopen", self.env._("Reopen"))

    def action_cancel(self):
        return self._ask_why("cancel", self.env._("Cancel"))

    def _ask_why(self, decision, name):
        self._check_quality_right()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "stock.lot.inspection.decide",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_inspection_ids": self.ids,
                "default_decision": decision,
            },
        }

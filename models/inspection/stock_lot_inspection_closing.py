from collections import defaultdict

from odoo import api, fields, models
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
        """Close inspections that were made by mistake; the lots stay as they are."""
        self._decide(reason, OPEN)
        self._close(CANCELLED, decision=reason)
        self._note_events(
            self.env._("Inspection cancelled"),
            new=lambda inspection: inspection.name,
            reason=reason,
        )

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

    # -- the lots

    def _put_lots_under(self):
        """Put each lot under what its inspections say, with a reason."""
        waited_for = self._lots_still_waiting()
        groups = defaultdict(self.browse)
        for inspection, lot in self._lots_here().items():
            target = inspection._consequence(lot, waited_for)
            if target and target != lot.disposition_id:
                groups[target, inspection._consequence_reason()] |= inspection
        for (target, reason), inspections in groups.items():
            inspections._set_lots(target, reason)

    def _lots_still_waiting(self):
        """Return the lots that another inspection holds back: open, or failed."""
        # sudo: another company's inspection of a shared lot counts as well
        others = self.sudo().search(
            [
                ("lot_id", "in", self.sudo().lot_id.ids),
                ("state", "in", (OPEN, FAILED)),
                ("id", "not in", self.ids),
            ]
        )
        failed = self.sudo().filtered(lambda inspection: inspection.state == FAILED)
        return (others | failed).lot_id

    def _consequence(self, lot, waited_for):
        """Return the disposition that follows for the lot, or none."""
        controls = self._controls_disposition(lot)
        if self.state == FAILED:
            failed = self.plan_id.fail_disposition_id
            return failed if controls else (lot.disposition_id | failed)._strictest()
        if lot in waited_for or not controls:
            return None
        return self.plan_id.pass_disposition_id

    @api.model
    def _controls_disposition(self, lot):
        """Tell whether the lot is under what an inspection may change.

        What somebody holds, or has recalled, stays so whatever comes out.
        """
        controlled = lot._disposition("released") | lot._disposition("quarantine")
        # sudo: another company's inspection of a shared lot counts as well
        controlled |= lot.sudo().inspection_ids.set_disposition_id
        return not lot.disposition_id or lot.disposition_id in controlled

    def _consequence_reason(self):
        """Return why a lot is put under what follows, for its history."""
        plan = self.plan_id.name
        if self.state == FAILED:
            return self.env._(
                "Inspection %(name)s by plan “%(plan)s” failed: %(failure)s",
                name=self.name,
                plan=plan,
                failure="; ".join((self.failure or "").splitlines()),
            )
        if self.state == ACCEPTED:
            return self.env._(
                "Inspection %(name)s was accepted by deviation: %(reason)s",
                name=self.name,
                reason=self.decision,
            )
        return self.env._("Passed the inspection by plan “%s”.", plan)

    def _set_lots(self, disposition, reason):
        lots = self.env["stock.lot"].union(*self._lots_here().values())
        if lots:
            # sudo: the plan, which a quality manager wrote, says what follows
            decisions = self.env["stock.lot.decision"].sudo()
            decisions._apply_for(self[0], lots.sudo(), disposition, reason)
        self.sudo().set_disposition_id = disposition

    def _quarantine(self, reason):
        """Let the lots wait for their inspection, unless somebody else holds them."""
        waiting = self.browse(
            [
                inspection.id
                for inspection, lot in self._lots_here().items()
                if self._controls_disposition(lot)
            ]
        )
        waiting._set_lots(self.env["stock.lot"]._disposition("quarantine"), reason)

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

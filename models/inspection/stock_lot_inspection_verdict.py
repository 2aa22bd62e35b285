from collections import defaultdict

from odoo import fields, models

from .stock_lot_inspection import ACCEPTED, FAILED, OPEN, PASSED


class StockLotInspection(models.Model):
    """What a verdict does to the lot, and to what was made of it by operations.

    A verdict lifts what inspections have set, and nothing else: a recall comes before
    a person's hold, that before a quarantine by inspection. Where it takes a second
    person to release, it only proposes.
    """

    _inherit = "stock.lot.inspection"

    release_decision_id = fields.Many2one(
        "stock.lot.decision",
        "Proposed release",
        ondelete="set null",
        help="By which the verdict waits for a quality manager.",
    )

    def _put_lots_under(self):
        """Put each lot under what its inspections say, with a reason."""
        followers = self.env["stock.lot"]._inspected_with(self._lots_here())
        waiting = self._lots_still_waiting(followers)
        vouched = self._lots_vouched_for(followers)
        groups = defaultdict(dict)
        for inspection, lots in followers.items():
            for lot in lots:
                target = inspection._consequence(lot, waiting, vouched)
                if target and target != lot.disposition_id:
                    key = target, inspection._consequence_reason()
                    groups[key].setdefault(inspection, lot.browse())
                    groups[key][inspection] |= lot
        for (target, reason), lots_by_inspection in groups.items():
            self._decide_about(lots_by_inspection, target, reason)

    def _lots_still_waiting(self, followers):
        """Return the lots that another inspection holds back: open, or failed.

        Of the lot itself, or of one that it was made of by an operation.
        """
        lots = self.env["stock.lot"].union(*followers.values())
        # sudo: another company's inspection of a shared lot counts as well
        others = self.sudo().search(
            [
                ("lot_id", "in", lots._made_of().ids),
                ("state", "in", (OPEN, FAILED)),
                ("id", "not in", self.ids),
            ]
        )
        failed = self.sudo().filtered(lambda inspection: inspection.state == FAILED)
        return (others | failed).lot_id._became()

    def _lots_vouched_for(self, followers):
        """Return the lots that a verdict may lift: something has passed that counts.

        A plan that somebody has chosen on demand lifts what it holds itself, and only
        for a quality manager more than that.
        """
        lots = self.env["stock.lot"].union(*followers.values())
        if lots._may_release():
            return lots
        # sudo: another company's inspection of a shared lot counts as well
        passed = self.sudo().search(
            [
                ("lot_id", "in", lots._made_of().ids),
                ("state", "in", (PASSED, ACCEPTED)),
                "|",
                ("moment", "!=", "demand"),
                ("set_disposition_id", "!=", False),
            ]
        )
        return passed.lot_id._became()

    def _consequence(self, lot, waiting, vouched):
        """Return the disposition that follows for the lot, or none."""
        if self.state == FAILED:
            return self._after_failure(lot)
        if lot in waiting or lot not in vouched or not lot._waits_for_verdict():
            return None
        return self.plan_id.pass_disposition_id

    def _after_failure(self, lot):
        """Return what a failed lot is put under: never milder than what holds it."""
        failed = self.plan_id.fail_disposition_id
        if lot.disposition_id == lot._disposition("recalled"):
            return None
        if lot._waits_for_verdict() and not lot._verdict_needs_approval(failed):
            return failed
        return (lot.disposition_id | failed)._strictest()

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

    def _decide_about(self, lots_by_inspection, target, reason):
        """Put lots under ``target``, or propose it where one person may not do so."""
        first = next(iter(lots_by_inspection))
        lots = self.env["stock.lot"].union(*lots_by_inspection.values())
        proposed = lots._verdict_needs_approval(target)
        (lots - proposed)._set_by_inspection(first, target, reason)
        decision = self.env["stock.lot.decision"]
        if proposed:
            decision = decision._propose_for(first, proposed, target, reason)
        for inspection, own in lots_by_inspection.items():
            # sudo: nobody writes an inspection directly
            kept = inspection.sudo()
            if own & proposed:
                kept.release_decision_id = decision
            if own - proposed:
                kept.set_disposition_id = target

    def _withdraw_proposals(self):
        """Take back proposed releases that rest on these verdicts."""
        # sudo: decisions are only ever written by themselves
        self.sudo().release_decision_id.filtered(
            lambda decision: decision.state == "proposed"
        )._stamp("refused")

    def _passed_beside(self):
        """Return the last that has passed, of each lot of these, or it is made of."""
        passed = self.search(
            [
                ("lot_id", "in", self.lot_id._made_of().ids),
                ("state", "in", (PASSED, ACCEPTED)),
            ],
            order="id",
        )
        latest = {inspection.lot_id: inspection for inspection in passed}
        return self.browse(inspection.id for inspection in latest.values())

    def _quarantine(self, reason):
        """Let the lots wait for their inspection, unless somebody keeps them anyhow.

        What is under something stricter stays so, or gets stricter still. Of what a
        person has set, a verdict lifts nothing.
        """
        groups = defaultdict(self.browse)
        for inspection, lot in self._lots_here().items():
            if lot._waits_for_verdict() or lot._might_go():
                groups[lot.disposition_id] |= inspection
        quarantine = self.env["stock.lot"]._disposition("quarantine")
        for held_as, inspections in groups.items():
            target = (held_as | quarantine)._strictest()
            lots = self.env["stock.lot"].union(*inspections._lots_here().values())
            changed = lots._set_by_inspection(inspections[0], target, reason)
            holding = inspections.sudo().filtered(
                lambda inspection, held=changed: inspection.lot_id in held
            )
            holding.set_disposition_id = target

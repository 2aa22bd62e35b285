from odoo.tests import tagged

from ...models.disposition.exceptions import SecondPersonNeededError
from ...models.history.exceptions import SignatureNeededError
from ...models.hold.exceptions import (
    ApprovalRightMissingError,
    DecisionIsClosedError,
    NobodyToApproveError,
    OwnProposalError,
)
from .hold_case import QUALITY, HoldCase


@tagged("post_install", "-at_install")
class TestSecondPerson(HoldCase):
    """Two people release: one quality manager proposes, another one approves."""

    def setUp(self):
        super().setUp()
        self.two_people()

    def test_one_proposes_and_another_approves(self):
        self.decide(self.raw, user=self.clerk)
        decision = self.decide(self.raw, "released")
        self.assertEqual(decision.state, "proposed")
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))
        self.assertIn(self.boss, decision.activity_ids.user_id)
        with self.refused(OwnProposalError) as refusal:
            decision.with_user(self.quality).action_approve()
        self.assertEqual(refusal.exception.decision, decision)
        with self.refused(ApprovalRightMissingError) as refusal:
            decision.with_user(self.clerk).action_approve()
        self.assertEqual(refusal.exception.decisions, decision)
        decision.with_user(self.boss).action_approve()
        self.assertEqual(self.raw.disposition_id, self.disposition("released"))
        event = self.raw.event_ids[:1]
        self.assertEqual(event.user_id, self.boss)
        self.assertIn(self.quality.name, event.reason)
        with self.refused(DecisionIsClosedError, "waits for nobody") as refusal:
            decision.with_user(self.boss).action_approve()
        self.assertEqual(refusal.exception.decision, decision)

    def test_an_approval_is_signed_where_that_is_wanted(self):
        self.decide(self.raw)
        decision = self.decide(self.raw, "released")
        self.company.batch_sign = True
        with self.refused(SignatureNeededError):
            decision.with_user(self.boss).action_approve()
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

    def test_nobody_goes_around_the_second_person(self):
        self.decide(self.raw)
        released = self.disposition("released")
        raw = self.raw.with_user(self.boss)
        for act in (
            lambda: raw.write({"disposition_id": released.id}),
            lambda: raw._set_disposition(released, "Fine"),
        ):
            with self.refused(SecondPersonNeededError) as refusal:
                act()
            self.assertEqual(refusal.exception.subject, raw)
        row = [raw.id, released.id]
        loaded = raw.load([".id", "disposition_id/.id"], [row])
        self.assertIn("Two people", loaded["messages"][0]["message"])
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

    def test_holding_needs_no_second_person(self):
        self.assertEqual(self.decide(self.raw, user=self.clerk).state, "done")

    def test_a_proposal_leaves_what_was_recalled_meanwhile(self):
        both = self.raw | self.good
        self.decide(both)
        decision = self.decide(both, "released")
        self.raw.sudo()._set_disposition(self.disposition("recalled"), "Stones")
        decision.with_user(self.boss).action_approve()
        self.assertEqual(self.raw.disposition_id, self.disposition("recalled"))
        self.assertEqual(self.good.disposition_id, self.disposition("released"))
        self.assertEqual(decision.skipped_lot_ids, self.raw)
        self.assertEqual(decision.lot_count, len(decision.lot_ids) - 1)

    def test_a_proposal_is_refused_or_withdrawn(self):
        self.decide(self.raw)
        decision = self.decide(self.raw, "released")
        with self.refused(ApprovalRightMissingError):
            decision.with_user(self.clerk).action_refuse()
        decision.with_user(self.quality).action_refuse()
        self.assertEqual(decision.state, "refused")
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

    def test_without_a_second_manager_it_is_said(self):
        self.decide(self.raw)
        managers = self.env.ref(QUALITY).all_user_ids - self.quality
        managers.active = False
        with self.refused(NobodyToApproveError) as refusal:
            self.decide(self.raw, "released")
        self.assertEqual(refusal.exception.company, self.company)

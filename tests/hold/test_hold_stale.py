from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.hold.exceptions import ProposalIsStaleError
from .hold_case import HoldCase


@tagged("post_install", "-at_install")
class TestStaleProposals(HoldCase):
    """What is approved is what was proposed, by who knows the batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.batch_release_four_eyes = True
        cls.raw._set_disposition(cls.disposition("hold"), "Stones")

    def propose(self, disposition=None):
        decisions = self.env["stock.lot.decision"].with_user(self.quality)
        target = disposition or self.disposition("released")
        return decisions._decide(self.raw.with_user(self.quality), target, "Sieved")

    def test_a_batch_that_was_held_anew_stays_held(self):
        old, again = self.propose(), self.propose()
        again.with_user(self.boss).action_approve()
        self.raw._set_disposition(self.disposition("hold"), "Glass")
        old.with_user(self.boss).action_approve()
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))
        self.assertEqual(old.skipped_lot_ids, self.raw)

    def test_a_disposition_that_was_widened_meanwhile_is_another_one(self):
        strict = self.disposition("released").copy(
            {"name": "Looks strict", "code": "STRICT", "allow_deliver": False}
        )
        decision = self.propose(strict)
        strict.allow_deliver = True
        with self.refused(ProposalIsStaleError) as refusal:
            decision.with_user(self.boss).action_approve()
        self.assertEqual(refusal.exception.decision, decision)
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

    def test_who_may_not_read_a_batch_does_not_approve_its_release(self):
        sister = self.env["res.company"].create({"name": "Kai Ltd"})
        self.raw.company_id = self.company
        self.quality.company_ids |= sister
        both = [sister.id, self.company.id]
        decisions = self.env["stock.lot.decision"].with_user(self.quality)
        decisions = decisions.with_context(allowed_company_ids=both)
        lot = self.raw.with_env(decisions.env)
        decision = decisions._decide(lot, self.disposition("released"), "Sieved")
        self.assertEqual(decision.company_id, self.company)
        self.boss.write({"company_ids": [(6, 0, sister.ids)], "company_id": sister.id})
        stranger = decision.with_user(self.boss)
        with self.refused(AccessError):
            stranger.with_context(allowed_company_ids=sister.ids).action_approve()
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

from odoo.tests import tagged

from ...models.disposition.exceptions import HeldByCompanyError
from .shared_case import SharedCase


@tagged("post_install", "-at_install")
class TestSharedLot(SharedCase):
    """Two companies share a batch: each holds it, and releases what is its own."""

    def decide(self, user, code):
        """Hold or release the lot as somebody of one of the companies."""
        company = user.company_id
        lots = self.shared.with_user(user).with_company(company)
        return lots.env["stock.lot.decision"]._decide(
            lots, self.disposition(code), "For this test"
        )

    def companies_that_know(self):
        """Return whose histories tell what the lot is under now."""
        name = self.shared.disposition_id.name
        events = self.env["stock.lot.event"].search(
            [("lot_id", "=", self.shared.id), ("new_value", "=", name)]
        )
        return events.company_id

    def test_it_is_shared(self):
        self.assertFalse(self.shared.company_id)

    def test_each_history_tells_of_it(self):
        self.decide(self.quality, "hold")
        self.assertEqual(self.companies_that_know(), self.company | self.sister)
        self.decide(self.quality, "released")
        self.assertEqual(self.companies_that_know(), self.company | self.sister)

    def test_another_company_does_not_release_it(self):
        self.decide(self.quality, "hold")
        self.assertEqual(self.shared.holding_company_ids, self.company)
        with self.assertRaises(HeldByCompanyError) as refusal:
            self.decide(self.far, "released")
        self.assertEqual(refusal.exception.companies, self.company)
        with self.assertRaises(HeldByCompanyError):
            self.as_far(self.shared).disposition_id = self.released
        with self.assertRaises(HeldByCompanyError):
            self.as_far(self.shared)._set_disposition(self.released, "Fine")
        self.as_far(self.shared).write({"holding_company_ids": [(5,)]})
        self.assertEqual(self.shared.holding_company_ids, self.company)

    def test_each_ends_its_own_hold(self):
        self.decide(self.quality, "hold")
        joined = self.decide(self.far, "hold")
        self.assertEqual(joined.state, "done")
        self.assertEqual(self.shared.holding_company_ids, self.company | self.sister)
        ended = self.decide(self.quality, "released")
        self.assertEqual(ended.skipped_lot_ids, self.shared)
        self.assertEqual(self.shared.disposition_id, self.held)
        self.assertEqual(self.shared.holding_company_ids, self.sister)
        self.decide(self.far, "released")
        self.assertEqual(self.shared.disposition_id, self.released)
        self.assertFalse(self.shared.holding_company_ids)

    def test_who_works_for_both_releases_it(self):
        self.decide(self.quality, "hold")
        self.boss.company_ids |= self.sister
        lots = self.shared.with_user(self.boss).with_company(self.sister)
        lots.disposition_id = self.released
        self.assertEqual(self.shared.disposition_id, self.released)

    def test_a_recall_of_one_is_not_lifted_by_the_other(self):
        recaller = self.user("recaller", "batch_tracking.group_recall_manager")
        recalls = self.env["stock.recall"].with_user(recaller)
        recalls._launch(self.shared.with_user(recaller), "Stones")
        with self.assertRaises(HeldByCompanyError):
            self.decide(self.far, "released")

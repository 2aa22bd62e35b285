from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.inspection.exceptions import InspectionIsEvidenceError
from .inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestDue(InspectionCase):
    """Somebody is to inspect until a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")
        cls.pulses = cls.plan(user_id=cls.clerk.id, due_days=2)
        cls.looked_at = cls.receive(cls.chickpeas, "CP-1", 10).inspection_ids

    def test_the_plan_says_who_and_until_when(self):
        today = fields.Date.context_today(self.looked_at)
        self.assertEqual(self.looked_at.user_id, self.clerk)
        self.assertEqual(self.looked_at.due_date, today + timedelta(days=2))
        self.assertFalse(self.looked_at.is_overdue)
        self.plan(product_id=self.mash.id)
        other = self.receive(self.mash, "M-1", 10).inspection_ids
        self.assertFalse(other.user_id or other.due_date)

    def test_it_is_overdue_until_it_is_closed(self):
        self.looked_at.due_date = fields.Date.today() - timedelta(days=2)
        self.assertTrue(self.looked_at.is_overdue)
        self.inspect(self.looked_at, self.clerk, Moisture=12)
        self.looked_at.invalidate_recordset()
        self.assertFalse(self.looked_at.is_overdue)

    def test_a_quality_manager_arranges_and_a_clerk_takes_it(self):
        inspection = self.looked_at.with_user(self.quality)
        inspection.write({"user_id": False, "due_date": "2026-12-24"})
        with self.assertRaises(AccessError):
            self.looked_at.with_user(self.clerk).due_date = "2027-01-01"
        for values in ({"state": "passed"}, {"user_id": 1, "completed_by": 1}):
            with self.assertRaises(InspectionIsEvidenceError):
                inspection.write(values)
        self.looked_at.with_user(self.clerk).action_assign_to_me()
        self.assertEqual(self.looked_at.user_id, self.clerk)

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.inspection.exceptions import (
    InspectionIsClosedError,
    InspectionIsHistoryError,
    QualityRightMissingError,
)
from .planned_case import PlannedCase


@tagged("post_install", "-at_install")
class TestInspectionDecided(PlannedCase):
    """What people decide about an inspection, and whose word counts."""

    def test_a_deviation_needs_the_right_and_a_reason(self):
        self.inspect_now(Moisture=14.2)
        with self.assertRaises(QualityRightMissingError):
            self.looked_at.with_user(self.clerk)._accept("Fine")
        with self.assertRaisesRegex(UserError, "Say why"):
            self.looked_at.with_user(self.quality)._accept(" ")
        self.looked_at.with_user(self.quality)._accept("Dried again, 12 %")
        self.assertEqual(self.looked_at.state, "accepted")
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
        event = self.last_event()
        self.assertEqual(event.reason, "Dried again, 12 %")
        self.assertIn("Moisture: 14.2 %", event.new_value)
        self.assertEqual(event.user_id, self.quality)

    def test_where_two_people_release_nobody_accepts_what_is_their_own(self):
        self.company.batch_release_four_eyes = True
        self.inspect_now(self.quality, Moisture=14.2)
        with self.assertRaisesRegex(UserError, "Two people release.*yourself"):
            self.looked_at.with_user(self.quality)._accept("Fine")
        second = self.user("second", "batch_tracking.group_quality_manager")
        wizard = self.env["stock.lot.inspection.decide"].with_user(second)
        wizard.create(
            {
                "inspection_ids": self.looked_at.ids,
                "decision": "accept",
                "reason": "Dried again",
            }
        ).apply()
        self.assertEqual(self.looked_at.state, "accepted")
        # Who has found it failed has agreed to nothing.
        decision = self.env["stock.lot.decision"].search(
            [("lot_ids", "in", self.lot.ids)], limit=1
        )
        self.assertEqual((decision.state, decision.user_id), ("proposed", second))
        decision.with_user(self.quality).action_approve()
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))

    def test_only_what_failed_is_accepted(self):
        self.inspect_now()
        with self.assertRaisesRegex(UserError, "Passed.*cannot be done"):
            self.looked_at.with_user(self.quality)._accept("Twice")

    def test_a_closed_inspection_is_not_typed_into(self):
        self.inspect_now()
        with self.assertRaisesRegex(InspectionIsClosedError, "can reopen"):
            self.enter(self.looked_at, Moisture=11)
        with self.assertRaises(InspectionIsClosedError):
            self.looked_at.action_complete()

    def test_a_correction_is_never_silent(self):
        self.inspect_now()
        with self.assertRaises(AccessError):
            self.looked_at.with_user(self.clerk)._reopen("Typing error")
        self.looked_at.with_user(self.quality)._reopen("Typing error")
        self.assertEqual(self.last_event().what, "Inspection reopened")
        self.enter(self.looked_at, self.clerk, Moisture=15.2)
        event = self.last_event()
        self.assertEqual(
            (event.what, event.old_value, event.new_value, event.reason),
            ("Result corrected: Moisture", "12.5 %", "15.2 %", "Typing error"),
        )
        self.looked_at.action_complete()
        self.assertEqual(self.looked_at.state, "failed")
        self.assertEqual(self.lot.disposition_id, self.disposition("hold"))

    def test_a_lot_that_waits_by_plan_waits_again_when_reopened(self):
        self.pulses.quarantine_until_inspected = True
        self.inspect_now()
        self.looked_at.with_user(self.quality)._reopen("Wrong sack")
        self.assertEqual(self.lot.disposition_id, self.disposition("quarantine"))

    def test_what_was_made_by_mistake_is_cancelled(self):
        self.looked_at.with_user(self.quality)._cancel("Wrong batch")
        self.assertEqual(self.looked_at.state, "cancelled")
        self.assertEqual(self.lot.disposition_id, self.disposition("quarantine"))

    def test_nobody_deletes_an_inspection(self):
        with self.assertRaises(InspectionIsHistoryError):
            self.looked_at.sudo().unlink()

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.disposition.exceptions import ReleaseNotAllowedError
from ...models.hold.exceptions import ReasonAgainstReleaseError
from ..inspection.inspection_case import InspectionCase
from .hold_case import HoldCase


@tagged("post_install", "-at_install")
class TestReleaseDecision(HoldCase, InspectionCase):
    """Who releases is told what speaks against it, and gives a reason that fits."""

    def fail_inspection(self):
        inspection = self.inspection(self.raw, self.plan())
        return self.inspect(inspection, self.clerk, Moisture=15)

    def reason(self, name):
        return self.env.ref(f"batch_tracking.stock_lot_hold_reason_{name}")

    def test_a_release_has_a_number_of_its_own(self):
        self.assertRegex(self.decide(self.raw).name, r"^HOLD/")
        self.assertRegex(self.decide(self.raw, "released").name, r"^RELEASE/")

    def test_a_failed_inspection_is_said_before_and_kept_after(self):
        failed = self.fail_inspection()
        wizard = self.wizard(self.raw, "released")
        self.assertIn("Before you release", wizard.preview)
        self.assertIn(f"{failed.name} of batch CP-1 failed: Moisture", wizard.preview)
        self.assertNotIn(
            "Before you release", self.wizard(self.raw, "rejected").preview
        )
        decision = self.decide(self.raw, "released")
        self.assertIn(failed.name, decision.in_spite_of)
        told = self.raw.event_ids[0].reason
        self.assertIn(f"in spite of: Inspection {failed.name}", told)

    def test_an_open_recall_is_said_before(self):
        recaller = self.user("recaller", "batch_tracking.group_recall_manager")
        recalls = self.env["stock.recall"].with_user(recaller)
        recall = recalls._launch(self.raw.with_user(recaller), "Stones")
        self.assertIn(recall.name, self.wizard(self.raw, "released").preview)

    def test_a_reason_to_hold_is_none_to_release(self):
        self.decide(self.raw)
        failed = self.reason("inspection")
        with self.refused(ReasonAgainstReleaseError) as refusal:
            self.decide(self.raw, "released", reason_id=failed.id)
        self.assertEqual(refusal.exception.reason, failed)
        wizard = self.wizard(self.raw, "released")
        self.assertNotIn(failed, wizard.fitting_reason_ids)
        self.assertIn(self.reason("passed"), wizard.fitting_reason_ids)
        self.assertIn(failed, self.wizard(self.raw, "hold").fitting_reason_ids)
        self.decide(self.raw, "released", reason_id=self.reason("cleared").id)

    def test_who_may_only_hold_releases_nothing(self):
        """Not even from what no quality manager is needed to end."""
        holder = new_test_user(
            self.env, login="holder", groups="batch_tracking.group_batch_user"
        )
        self.decide(self.raw, user=holder)
        self.disposition("hold").needs_quality_right = False
        with self.refused(ReleaseNotAllowedError):
            self.decide(self.raw, "released", user=holder)
        self.decide(self.raw, "released", user=self.clerk)

    def test_a_date_releases_only_what_one_person_still_may(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        decision = self.decide(self.raw, until_date=tomorrow, ends_by="release")
        self.two_people()
        decision._end()
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))
        self.assertIn(self.quality, decision.activity_ids.user_id)

    def test_a_date_does_not_release_for_who_lost_the_right(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        decision = self.decide(self.raw, until_date=tomorrow, ends_by="release")
        right = self.env.ref("batch_tracking.group_quality_manager")
        self.quality.group_ids -= right
        decision._end()
        self.assertEqual(self.raw.disposition_id, self.disposition("hold"))

    def test_switching_off_the_second_person_stays_in_the_history(self):
        self.two_people()
        self.company.batch_release_four_eyes = False
        events = self.env["stock.lot.event"].search(
            [("kind", "=", "setting"), ("what", "=", "Two people release")], limit=2
        )
        told = [(event.old_value, event.new_value) for event in events]
        self.assertEqual(told, [("Yes", "No"), ("No", "Yes")])

    def test_files_and_places_of_others_are_not_used(self):
        office = self.user("office")
        theirs = self.env["ir.attachment"].with_user(office)
        theirs = theirs.create({"name": "private.txt", "raw": b"x"})
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        place = self.env["stock.location"].create(
            {"name": "Theirs", "company_id": other.id, "usage": "internal"}
        )
        for values in ({"attachment_ids": theirs.ids}, {"location_id": place.id}):
            with self.refused(AccessError):
                self.wizard(self.raw, user=self.clerk, **values).apply()

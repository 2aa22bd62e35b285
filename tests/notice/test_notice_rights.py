from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...models.notice.exceptions import NoticeIsEvidenceError
from ...models.recall.exceptions import RecallRightMissingError
from .notice_case import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeRights(NoticeCase):
    """Viewers read, recall managers work, and nobody sees another company's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = new_test_user(
            cls.env, "notice-viewer", groups="batch_tracking.group_batch_viewer"
        )

    def test_a_viewer_reads_and_does_nothing(self):
        recall = self.launch_complete()
        notice = self.notice(recall, self.market).with_user(self.viewer)
        self.assertIn("H-1", notice.body)
        self.assertTrue(notice.line_ids.lot_id)
        for act in (notice.action_tell, notice.action_open_letter):
            with self.assertRaises(RecallRightMissingError):
                act()
        with self.assertRaises(AccessError):
            notice.channel = "phone"

    def test_who_is_no_viewer_sees_none(self):
        nobody = new_test_user(self.env, "notice-nobody", groups="base.group_user")
        notice = self.notice(self.launch(), self.market)
        with self.assertRaises(AccessError):
            notice.with_user(nobody).read(["partner_id"])

    def test_what_it_says_and_whom_it_reached_is_nobody_s_to_write(self):
        notice = self.notice(self.launch(), self.market).with_user(self.manager)
        for values in (
            {"state": "sent"},
            {"partner_id": self.bistro.id},
            {"version": 7},
            {"notified_at": "2026-01-01 00:00:00"},
            {"text_id": False},
        ):
            with self.assertRaises(NoticeIsEvidenceError):
                notice.write(values)
        notice.write({"channel": "letter", "lang": "en_US", "note": "By courier"})
        with self.assertRaises(AccessError):
            notice.attempt_ids.create({"notice_id": notice.id, "method": "phone"})
        with self.assertRaises(AccessError):
            notice.unlink()

    def test_companies_do_not_leak(self):
        other = self.env["res.company"].create({"name": "Other kitchen"})
        stranger = new_test_user(
            self.env,
            "notice-stranger",
            groups="batch_tracking.group_recall_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        recall = self.launch_complete()
        notice = self.notice(recall, self.market)
        self.assertFalse(self.env["stock.recall.notice"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            notice.with_user(stranger).action_tell()
        with self.assertRaises(AccessError):
            recall.with_user(stranger).action_send_notices()
        wizard = self.env["stock.recall.notice.tell"].with_user(stranger)
        with self.assertRaises(AccessError):
            wizard.create({"notice_ids": [Command.set(notice.ids)]}).apply()

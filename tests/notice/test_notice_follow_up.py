from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .notice_case import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeFollowUp(NoticeCase):
    """Who does not answer is reminded, some days after being told."""

    def after(self, days):
        """Let the job of that day run; return the mails that leave."""
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            self.env["stock.recall"]._cron_follow_up()
            return self.leave()

    def told(self):
        recall = self.launch_complete(notice_waves="3, 7")
        self.send_all(recall)
        return recall

    def test_reminders_go_on_their_days_and_once_each(self):
        self.told()
        counts = [len(self.after(days)) for days in (2, 3, 4, 7, 8, 30)]
        self.assertEqual(counts, [0, 1, 0, 1, 0, 0])

    def test_a_reminder_says_that_it_is_one(self):
        self.told()
        mail = self.after(3)[0]
        self.assertTrue(mail["subject"].startswith("Reminder: "))
        self.assertIn("no answer from you", mail["body"])
        self.assertIn("H-1", mail["body"])

    def test_who_missed_two_gets_one(self):
        self.told()
        self.assertEqual(len(self.after(10)), 1)
        self.assertEqual(len(self.after(11)), 0)

    def test_who_has_answered_is_not_reminded(self):
        self.told()
        notices = type(self.env["stock.recall.notice"])
        with patch.object(notices, "_unanswered", lambda notices: notices.browse()):
            self.assertEqual(self.after(3), [])

    def test_nobody_is_reminded_of_a_recall_that_is_closed(self):
        recall = self.told()
        recall.sudo().state = "closed"
        self.assertEqual(self.after(3), [])

    def test_reminding_leaves_an_event(self):
        recall = self.told()
        self.after(3)
        events = self.env["stock.lot.event"].search([("what", "=", "Reminders queued")])
        self.assertEqual(events.document, recall.name)

    def test_days_are_numbers(self):
        recall = self.launch()
        for wrong in ("soon", "3; 7", "-1", "0", "1.5", "99999"):
            with self.assertRaises(ValidationError, msg=wrong):
                recall.notice_waves = wrong
        recall.notice_waves = " 7 ,3,, 3"
        self.assertEqual(recall._wave_days(), [3, 7])
        recall.notice_waves = False
        self.assertEqual(recall._wave_days(), [])

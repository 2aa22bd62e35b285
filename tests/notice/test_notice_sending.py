from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.notice.exceptions import NothingToSendError
from .notice_case import NoticeCase

MAIL = "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email"


@tagged("post_install", "-at_install")
class TestNoticeSending(NoticeCase):
    """Approved notices leave by mail; the others are a list of what is to be done."""

    def tell(self, notice, method="phone", result="reached", **values):
        wizard = self.env["stock.recall.notice.tell"].with_user(self.manager)
        wizard.create(
            {
                "notice_ids": [fields.Command.set(notice.ids)],
                "method": method,
                "result": result,
                **values,
            }
        ).apply()

    def test_the_mail_arrives_where_there_is_an_address(self):
        recall = self.launch_complete()
        mails = self.send_all(recall)
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails[0]["email_to"], ['"Corner Market" <market@example.com>'])
        self.assertIn("URGENT", mails[0]["subject"])
        self.assertIn(recall.name, mails[0]["subject"])
        self.assertIn("H-1", mails[0]["body"])
        notice = self.notice(recall, self.market)
        self.assertEqual((notice.state, notice.method), ("sent", "mail"))
        self.assertTrue(notice.notified_at)
        self.assertEqual(notice.attempt_ids.handed_over, 1)
        self.assertIn("H-1", notice.attempt_ids.body)

    def test_the_link_to_answer_is_in_the_mail_and_nowhere_else(self):
        link = "https://kitchen.example/answer?a=1&b=secret"
        recall = self.launch_complete()
        notices = type(self.env["stock.recall.notice"])
        links = {"_answer_urls": lambda asking: dict.fromkeys(asking, link)}
        with patch.multiple(notices, **links):
            mails = self.send_all(recall)
        self.assertIn("b=secret", mails[0]["body"])
        notice = self.notice(recall, self.market)
        self.assertNotIn("secret", notice.attempt_ids.body)
        self.assertNotIn("secret", "".join(notice.sudo().message_ids.mapped("body")))
        self.assertFalse(
            self.env["mail.mail"].search([("body_html", "like", "secret")])
        )

    def test_a_queued_one_is_told_only_when_it_has_left(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        notice = self.notice(recall, self.market)
        with self.mock_mail_gateway():
            self.run_job()
            self.assertEqual(notice.state, "queued")
            self.assertFalse(notice.notified_at)
            self.run_job()
        self.assertEqual(len(self._new_mails), 1)

    def test_those_without_an_address_stay_to_be_done(self):
        recall = self.launch_complete()
        self.send_all(recall)
        bistro = self.notice(recall, self.bistro)
        self.assertEqual((bistro.state, bistro.channel), ("approved", "phone"))
        self.tell(bistro, result="missed")
        self.assertEqual((bistro.state, bistro.notified_at), ("approved", False))
        self.tell(bistro, note="Spoke to the chef")
        self.assertEqual((bistro.state, bistro.method), ("sent", "phone"))
        self.assertEqual(len(bistro.attempt_ids), 2)
        self.assertEqual(bistro.attempt_ids[-1:].user_id, self.manager)

    def test_a_call_does_not_replace_the_mail(self):
        recall = self.launch_complete()
        market = self.notice(recall, self.market)
        self.tell(market)
        self.assertTrue(market.notified_at)
        self.assertEqual(len(self.send_all(recall)), 1)

    def test_r27_a_mail_that_comes_back_and_a_letter(self):
        recall = self.launch_complete()
        with freeze_time("2026-11-24 10:30:00"):
            mails = self.send_all(recall)
        notice = self.notice(recall, self.market)
        self.assertEqual(notice.notified_at, datetime(2026, 11, 24, 10, 30))
        with freeze_time("2026-11-24 10:31:00"):
            self.come_back(notice, "market@example.com", mails[0]["message_id"])
        self.assertEqual((notice.state, notice.notified_at), ("bounced", False))
        self.assertEqual(notice.channel, "letter")
        self.assertEqual(recall.notice_bounced_count, 1)
        with freeze_time("2026-11-24 14:00:00"):
            self.tell(notice, "letter")
        self.assertEqual(notice.notified_at, datetime(2026, 11, 24, 14, 0))
        self.assertEqual((notice.state, notice.method), ("sent", "letter"))
        bounced = notice.attempt_ids.filtered("bounced_at")
        self.assertEqual(bounced.bounced_at, datetime(2026, 11, 24, 10, 31))
        self.assertEqual(
            bounced.mail_message_id.notification_ids.notification_status, "bounce"
        )

    def test_another_address_is_mailed_to_again(self):
        recall = self.launch_complete()
        mails = self.send_all(recall)
        notice = self.notice(recall, self.market)
        self.come_back(notice, "market@example.com", mails[0]["message_id"])
        self.market.email = "new@example.com"
        self.assertEqual(notice.channel, "mail")
        recall.action_send_notices()
        again = self.leave()
        self.assertEqual(again[0]["email_to"], ['"Corner Market" <new@example.com>'])
        self.assertEqual(notice.state, "sent")

    def test_an_address_that_is_none_puts_it_back_on_the_list(self):
        self.market.email = "no address"
        recall = self.launch_complete()
        notice = self.notice(recall, self.market)
        self.assertNotEqual(notice.channel, "mail")
        notice.channel = "mail"
        self.send_all(recall)
        self.assertEqual(notice.state, "bounced")
        self.assertTrue(notice.attempt_ids.bounced_at)

    def test_a_mail_server_that_fails_is_tried_again(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        notice = self.notice(recall, self.market)
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.run_job()
            self.send_email_mocked.side_effect = OSError("disk full")
            with self.assertLogs("odoo.addons.mail.models.mail_mail", "ERROR"):
                self.env["mail.mail"].process_email_queue()
        self.assertEqual((notice.state, notice.notified_at), ("queued", False))
        self.assertIn("Not accepted for now", notice.attempt_ids.note)
        self.let_pass(minutes=31)
        self.assertEqual(len(self.leave()), 1)
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.attempt_ids.handed_over, 2)
        self.assertEqual(recall.notice_repeated_count, 1)

    def test_a_mail_server_that_takes_nothing_for_now_is_not_pressed(self):
        """Greylisting lets nobody in who comes again at once."""
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        notice = self.notice(recall, self.market)
        for _press in range(7):
            self.fail_to_leave()
            self.assertEqual(self.handed_over(notice), 1)
        for tries, minutes in ((2, 31), (3, 31), (4, 600)):
            self.let_pass(minutes=minutes)
            self.fail_to_leave()
            self.assertEqual(self.handed_over(notice), tries)
            self.assertEqual((notice.state, notice.notified_at), ("queued", False))
        self.let_pass(days=2)
        self.fail_to_leave()
        self.assertEqual(notice.state, "bounced")

    def test_the_job_comes_again_when_it_may(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        cron = self.env.ref("batch_tracking.ir_cron_recall_notices")
        self.fail_to_leave()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        later = fields.Datetime.now() + timedelta(minutes=25)
        self.assertTrue(triggers.filtered(lambda trigger: trigger.call_at > later))

    def fail_to_leave(self):
        """Let both jobs run, and the mail server take nothing for now."""
        refusal = "SMTPRecipientsRefused: {'market@example.com': (451, b'Later')}"
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.run_job()
            self.send_email_mocked.side_effect = OSError(refusal)
            with mute_logger("odoo.addons.mail.models.mail_mail"):
                self.env["mail.mail"].process_email_queue()

    def handed_over(self, notice):
        notice.attempt_ids.invalidate_recordset(["handed_over"])
        return notice.attempt_ids.handed_over

    def let_pass(self, **time):
        """Let time pass since mails were handed over; the database counts it."""
        for each in self.env["stock.recall.notice.try"].search([]):
            each.date -= timedelta(**time)

    def test_an_address_that_the_mail_server_refuses_comes_back_at_once(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        refusal = (
            "SMTPRecipientsRefused: {'market@example.com': (550, b'No such user')}"
        )
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.run_job()
            self.send_email_mocked.side_effect = OSError(refusal)
            with self.assertLogs("odoo.addons.mail.models.mail_mail", "ERROR"):
                self.env["mail.mail"].process_email_queue()
        self.assertEqual(self.notice(recall, self.market).state, "bounced")

    def test_a_mail_that_somebody_cancels_is_to_be_done_otherwise(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        with self.mock_mail_gateway():
            self.run_job()
        notice = self.notice(recall, self.market)
        notice.sudo().attempt_ids.mail_id.cancel()
        self.run_job()
        self.assertEqual(notice.state, "bounced")

    def test_one_bad_notice_stops_no_other(self):
        self.bistro.email = "bistro@example.com"
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        attempts = type(self.env["stock.recall.notice.attempt"])
        prepare = attempts._prepare_mail
        poisoned = self.notice(recall, self.bistro)

        def fail(attempt, title, body):
            if attempt.notice_id.id == poisoned.id:
                raise ValueError("poison")
            return prepare(attempt, title, body)

        with (
            patch.object(attempts, "_prepare_mail", fail),
            self.assertLogs("odoo.addons.batch_tracking.models.base.job", "WARNING"),
        ):
            mails = self.leave()
            self.run_job()
        self.assertEqual(len(mails), 1)
        self.assertEqual(poisoned.state, "queued")
        failure = self.env["batch.job.failure"].search(
            [("res_model", "=", poisoned.attempt_ids._name)]
        )
        self.assertIn(recall.name, failure.record_name)
        self.assertIn(self.bistro.name, failure.record_name)
        self.assertEqual(failure.tries, 2)
        action = failure.action_open_record()
        opened = (action["res_model"], action["res_id"])
        self.assertEqual(opened, (poisoned._name, poisoned.id))
        self.assertEqual(len(self.leave()), 1)

    def test_one_mail_that_cannot_be_handed_over_again_stops_no_other(self):
        self.bistro.email = "bistro@example.com"
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        with self.mock_mail_gateway():
            self.run_job()
        mails = recall.notice_ids.sudo().attempt_ids.mail_id
        mails.write({"state": "exception"})
        self.env.cr.execute(
            "UPDATE stock_recall_notice_attempt"
            " SET create_date = create_date - interval '1 hour'"
        )
        self.env.invalidate_all()
        bad, good = mails[:1], mails[1:]
        mark = type(mails).mark_outgoing

        def fail(outgoing):
            if bad in outgoing:
                raise ValueError("poison")
            return mark(outgoing)

        with (
            patch.object(type(mails), "mark_outgoing", fail),
            self.assertLogs("odoo.addons.batch_tracking.models.base.job", "WARNING"),
        ):
            self.run_job()
        self.assertTrue(good)
        self.assertEqual(set(good.mapped("state")), {"outgoing"})
        self.assertEqual(bad.state, "exception")

    def test_a_drill_sends_nothing(self):
        drill = self.launch(
            kind="drill",
            **{"authority": "uk_food", "hazard": "A rehearsal", "notice_size": "1 kg"},
            notice_what_to_do="Nothing",
            notice_consumer_phone="0800 1",
        )
        self.assertEqual(self.send_all(drill), [])
        self.assertEqual(set(drill.notice_ids.mapped("state")), {"simulated"})
        self.assertEqual(set(drill.notice_ids.mapped("method")), {"simulated"})
        self.assertFalse(
            self.env["mail.mail"].search([("model", "=", "stock.recall.notice")])
        )

    def test_opening_a_mail_is_no_answer(self):
        recall = self.launch_complete()
        self.send_all(recall)
        notice = self.notice(recall, self.market)
        notice.sudo().attempt_ids.mail_message_id.notification_ids.is_read = True
        self.assertEqual(notice._unanswered(), notice)

    def test_nothing_goes_by_mail(self):
        self.market.email = False
        recall = self.launch_complete()
        recall.action_approve_notices()
        with self.assertRaises(NothingToSendError):
            recall.action_send_notices()

    def test_the_page_says_when_bounces_are_not_received(self):
        self.company.alias_domain_id = False
        recall = self.launch()
        self.assertFalse(recall.hears_of_bounces)
        domain = self.env["mail.alias.domain"].create({"name": "kitchen.example"})
        self.company.alias_domain_id = domain
        recall.invalidate_recordset(["hears_of_bounces"])
        self.assertTrue(recall.hears_of_bounces)

    def test_what_has_not_happened_yet_is_not_noted(self):
        recall = self.launch_complete()
        notice = self.notice(recall, self.bistro)
        with self.assertRaisesRegex(Exception, "not happened yet"):
            self.tell(notice, date=fields.Datetime.now() + timedelta(hours=1))

    def test_the_form_asks_how_the_consignee_was_told(self):
        recall = self.launch_complete()
        action = self.notice(recall, self.bistro).action_tell()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        with Form(wizard.with_context(**action["context"])) as form:
            form.note = "Spoke to the chef"
        form.record.apply()
        self.assertEqual(
            self.notice(recall, self.bistro).attempt_ids.note, "Spoke to the chef"
        )

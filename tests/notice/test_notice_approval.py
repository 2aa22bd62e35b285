from odoo.tests import tagged

from ...models.notice.exceptions import (
    NothingToSendError,
    NoticeIncompleteError,
    NoticesWaitError,
)
from ...models.recall.exceptions import RecallRightMissingError
from .notice_case import ANSWERS, NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeApproval(NoticeCase):
    """Nobody approves a notice that lacks something, or says what it must not."""

    def refused(self, recall):
        with self.assertRaises(NoticeIncompleteError) as refusal:
            recall.action_approve_notices()
        return refusal.exception

    def test_r29_each_thing_that_a_letter_of_class_i_lacks_is_named(self):
        recall = self.launch(**{**ANSWERS, "notice_contact_24h": False})
        error = self.refused(recall)
        self.assertEqual(error.codes, ["reply_by", "contact_24h"])
        self.assertIn("until when they must answer", str(error))
        self.assertIn("answers at any hour", str(error))
        recall.write({**self.tomorrow(), "notice_contact_24h": "+1 555 0199"})
        recall.action_approve_notices()
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"approved"})

    def test_r29_a_letter_that_names_no_batch(self):
        recall = self.launch_complete()
        recall.sudo().lot_ids.is_cleared = True
        self.assertEqual(self.refused(recall).codes, ["lots"])

    def test_r28_words_that_make_the_hazard_small_are_refused_in_europe_alone(self):
        hazard = "Recalled as a voluntary precaution, no accidents reported."
        recall = self.launch_complete(
            authority="gpsr",
            hazard=hazard,
            notice_brand="Lake",
            notice_refund=True,
            notice_replacement=True,
            notice_consumer_phone="0800 1",
            notice_picture=PICTURE,
        )
        self.assertEqual(
            self.refused(recall).codes, ["voluntary", "precaution", "no_accidents"]
        )
        recall.authority = "uk_food"
        recall.action_approve_notices()

    def test_the_page_shows_what_is_missing_before_anybody_tries(self):
        recall = self.launch(**{**ANSWERS, "notice_size": False})
        self.assertIn("Enter the size", recall.notice_findings)
        recall.write({"notice_size": "1 kg", **self.tomorrow()})
        self.assertFalse(recall.notice_findings)

    def test_the_banner_says_what_waits_and_what_it_lacks(self):
        def said(recall):
            texts = [notice["text"] for notice in recall.banner["notices"]]
            return [text for text in texts if "wait for approval" in text]

        recall = self.launch(**{**ANSWERS, "notice_size": False})
        [text] = said(recall)
        self.assertIn(f"approval: {recall.notice_draft_count}.", text)
        self.assertIn("Enter the size", text)
        recall.write({"notice_size": "1 kg", **self.tomorrow()})
        [text] = said(recall)
        self.assertIn("Nothing is missing", text)
        recall.action_approve_notices()
        self.assertFalse(said(recall))

    def test_whoever_approved_what_is_told_does_not_close(self):
        """Closing needs a person with no part in it; of two, who did not launch it."""
        recall = self.launch_complete()
        second = self.user("approver", "batch_tracking.group_recall_manager")
        recall.with_user(second).action_approve_notices()
        self.user("third", "batch_tracking.group_recall_manager")
        ok, sentence = recall.with_user(second)._second_person()
        self.assertFalse(ok)
        self.assertIn("approved its notices", sentence)
        managers = self.env.ref("batch_tracking.group_recall_manager").all_user_ids
        others = managers - self.manager - second - self.env.ref("base.user_root")
        others.active = False
        self.assertTrue(recall.with_user(second)._second_person()[0])
        self.assertFalse(recall.with_user(self.manager)._second_person()[0])

    def test_a_viewer_cannot_approve_or_send(self):
        recall = self.launch_complete()
        viewer = recall.with_user(self.user("viewer"))
        for act in (viewer.action_approve_notices, viewer.action_send_notices):
            with self.assertRaises(RecallRightMissingError):
                act()
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"draft"})

    def test_approval_leaves_an_event_with_what_was_approved(self):
        recall = self.launch_complete()
        recall.action_approve_notices()
        event = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("what", "=", "Notices approved")]
        )
        self.assertEqual(event.user_id, self.manager)
        self.assertIn("URGENT", event.reason)

    def test_what_was_approved_is_what_is_sent(self):
        """Whatever the templates say later."""
        recall = self.launch_complete()
        recall.action_approve_notices()
        template = self.env.ref("batch_tracking.notice_template_fda")
        template.stop_use = "Eat it up"
        mails = self.send_all_approved(recall)
        self.assertIn("Cease distribution", mails[0]["body"])
        self.assertNotIn("Eat it up", mails[0]["body"])

    def send_all_approved(self, recall):
        recall.action_send_notices()
        return self.leave()

    def test_other_contents_are_approved_again(self):
        recall = self.launch_complete()
        recall.action_approve_notices()
        recall.hazard = "Listeria was found as well."
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"draft"})
        with self.assertRaises(NothingToSendError):
            recall.action_send_notices()

    def test_contents_stay_while_notices_are_being_sent(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        with self.assertRaises(NoticesWaitError):
            recall.hazard = "Something else"

    def test_nothing_is_left_to_approve(self):
        recall = self.launch_complete()
        recall.action_approve_notices()
        with self.assertRaises(NothingToSendError):
            recall.action_approve_notices()


#: A dot.
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)

from odoo.tests import tagged

from .notice_case import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeVersions(NoticeCase):
    """A recall grows: who has none of what is new hears nothing new."""

    def test_only_whose_batches_changed_gets_a_newer_one(self):
        recall = self.launch_complete()
        self.send_all(recall)
        made = self.expand(recall, self.clean, self.market)
        self.assertEqual(made.partner_id, self.market)
        self.assertEqual((made.version, made.replaced_version), (2, 1))
        self.assertEqual(
            {row.lot_id for row in made.line_ids}, {self.first, self.clean}
        )
        older = recall.notice_ids.filtered(
            lambda n: n.partner_id == self.market and n.version == 1
        )
        self.assertEqual(older.state, "superseded")
        self.assertTrue(older.notified_at)
        self.assertEqual({row.lot_id for row in older.line_ids}, {self.first})
        self.assertEqual(self.notice(recall, self.bistro).version, 1)

    def test_adding_batches_to_a_recall_makes_them(self):
        recall = self.launch_complete()
        self.send_all(recall)
        recall._expand(self.clean, "The same oil was used")
        notice = self.notice(recall, self.market)
        self.assertEqual((notice.version, notice.state), (2, "draft"))
        self.assertIn("it replaces version", notice.body)

    def test_taking_a_batch_out_makes_them(self):
        recall = self.launch_complete()
        self.send_all(recall)
        recall._clear(self.first, "Tested, nothing found")
        self.assertEqual(self.notice(recall, self.market).purpose, "cleared")

    def test_one_that_has_not_gone_out_takes_the_new_batch_in(self):
        recall = self.launch_complete()
        recall.action_approve_notices()
        self.assertFalse(self.expand(recall, self.clean, self.market))
        notice = self.notice(recall, self.market)
        self.assertEqual((notice.version, notice.state), (2, "draft"))
        self.assertIn(self.clean, notice.line_ids.lot_id)
        self.assertEqual(self.notice(recall, self.bistro).state, "approved")

    def test_a_mail_that_waits_gives_way_to_the_newer_one(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        with self.mock_mail_gateway():
            self.run_job()
        self.expand(recall, self.clean, self.market)
        mails = self.send_all(recall)
        self.assertEqual(len(mails), 1)
        self.assertIn("H-3", mails[0]["body"])

    def test_whoever_gets_more_of_the_same_version_is_told_once_more(self):
        """A consignee passes goods on to another one that we had told already."""
        recall = self.launch_complete()
        self.send_all(recall)
        recall.sudo().consignee_ids.create(
            {
                "recall_id": recall.id,
                "partner_id": self.south.id,
                "lot_id": self.second.id,
                "delivered": 2,
                "tier": 2,
                "version": 1,
            }
        )
        made = recall.sudo()._make_notices()
        self.assertEqual(made.partner_id, self.market)
        self.assertEqual(made.version, 2)
        self.assertEqual(len(made.line_ids), 3)

    def test_nobody_is_told_twice_the_same(self):
        recall = self.launch_complete()
        first = self.send_all(recall)
        self.expand(recall, self.clean, self.bistro)
        second = self.leave()
        self.assertEqual((len(first), len(second)), (1, 0))
        recall.action_approve_notices()
        self.assertEqual(self.leave(), [])

    def test_a_cleared_batch_is_told_to_be_cleared(self):
        recall = self.launch_complete()
        self.send_all(recall)
        line = recall.sudo().lot_ids.filtered(lambda line: line.lot_id == self.first)
        line.is_cleared = True
        made = recall.sudo()._tell_cleared()
        self.assertEqual(made.partner_id, self.market)
        self.assertEqual(made.purpose, "cleared")
        self.assertEqual(made.line_ids.lot_id, self.first)
        self.assertIn("No longer recalled", made.body)
        self.assertEqual(len(self.send_all(recall)), 1)
        self.assertFalse(recall.sudo()._tell_cleared())

    def test_a_batch_that_was_cleared_by_mistake_is_told_again(self):
        recall = self.launch_complete()
        self.send_all(recall)
        recall._clear(self.first, "Tested, nothing found")
        self.send_all(recall)
        recall._expand(self.first, "The sample was of another batch")
        again = self.notice(recall, self.market, purpose="consignee")
        self.assertEqual((again.version, again.state), (2, "draft"))
        self.assertEqual(again.line_ids.lot_id, self.first)
        self.assertEqual(recall.version, 2)
        rows = again.line_ids
        self.assertEqual(set(rows.mapped("has_answered")), {False})
        self.assertEqual(len(self.send_all(recall)), 1)
        recall._clear(self.first, "Tested once more")
        self.assertEqual(self.notice(recall, self.market).purpose, "cleared")

    def test_who_has_not_heard_that_it_was_cleared_is_told_nothing_twice(self):
        recall = self.launch_complete()
        self.send_all(recall)
        recall._clear(self.first, "Tested, nothing found")
        recall._expand(self.first, "The sample was of another batch")
        notices = recall.notice_ids.filtered(lambda n: n.partner_id == self.market)
        self.assertEqual(
            sorted(notices.mapped(lambda n: (n.purpose, n.state))),
            [("cleared", "superseded"), ("consignee", "sent")],
        )

    def test_who_was_never_told_is_told_when_it_comes_back(self):
        recall = self.launch_complete()
        recall._clear(self.first, "Tested, nothing found")
        self.assertEqual(self.notice(recall, self.market).state, "superseded")
        recall._expand(self.first, "The sample was of another batch")
        again = self.notice(recall, self.market)
        self.assertEqual((again.state, again.line_ids.lot_id), ("draft", self.first))

    def test_what_was_cleared_before_it_went_out_is_not_told_at_all(self):
        recall = self.launch_complete()
        lines = recall.sudo().lot_ids.filtered(lambda line: line.lot_id == self.first)
        lines.is_cleared = True
        self.assertFalse(recall.sudo()._tell_cleared())
        self.assertEqual(self.notice(recall, self.market).state, "superseded")
        bistro = self.notice(recall, self.bistro)
        self.assertEqual(bistro.line_ids.lot_id, self.second)
        self.assertEqual(bistro.state, "draft")

    def test_in_the_end_all_who_were_told_hear_that_it_is_over(self):
        recall = self.launch_complete()
        self.send_all(recall)
        recall.action_tell_end()
        closeout = recall.notice_ids.filtered(lambda n: n.purpose == "closeout")
        self.assertEqual(closeout.partner_id, self.market)
        mails = self.send_all(recall)
        self.assertIn("completed", mails[0]["subject"])

    def test_closing_proposes_to_tell_them_and_sends_nothing_by_itself(self):
        recall = self.launch_complete()
        self.send_all(recall)
        self.work_off(recall)
        closer = self.user("closer", "batch_tracking.group_recall_manager")
        recall.with_user(closer).action_close()
        closeout = recall.notice_ids.filtered(lambda n: n.purpose == "closeout")
        self.assertEqual(closeout.partner_id, self.market | self.bistro)
        self.assertEqual(set(closeout.mapped("state")), {"draft"})
        self.assertEqual(self.leave(), [])
        texts = [notice["text"] for notice in recall.banner["notices"]]
        self.assertTrue(any("do not know yet that it is over" in t for t in texts))
        listed = recall.action_open_end()["domain"]
        self.assertEqual(closeout, closeout.search(listed))
        self.assertEqual(len(self.send_all(recall)), 1)
        self.assertEqual(self.notice(recall, self.market).state, "sent")

    def test_a_drill_tells_nobody_that_it_is_over(self):
        drill = self.launch_complete(kind="drill")
        drill.action_approve_notices()
        drill.action_send_notices()
        self.work_off(drill)
        drill.action_close()
        self.assertNotIn("closeout", drill.notice_ids.mapped("purpose"))

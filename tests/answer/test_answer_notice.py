import re

from odoo.tests import tagged

from ...models.answer.stock_recall_answering import Answer
from ...tools.answer.ledger import Told
from ..notice.notice_case import NoticeCase


@tagged("post_install", "-at_install")
class TestAnswerNotice(NoticeCase):
    """Each notice holds a link, and knows whether it was answered."""

    def setUp(self):
        super().setUp()
        recalls = self.env["stock.recall"].with_user(self.manager)
        self.recall = recalls._launch(self.bad.with_user(self.manager), "Salmonella")
        self.notices = self.recall.sudo().notice_ids
        self.to_bistro = self.notices.filtered(lambda n: n.partner_id == self.bistro)

    def tell(self, *lots):
        rows = self.recall.consignee_ids.filtered(
            lambda row: row.partner_id == self.bistro and row.lot_id in lots
        )
        told = {row: Told(used=row.net) for row in rows}
        return self.recall._take_answer(self.bistro, Answer("told", "page", told))

    def test_a_link_for_everybody_who_has_an_address(self):
        urls = self.notices._answer_urls()
        self.assertEqual(urls.keys(), set(self.notices.filtered("partner_id")))
        self.assertEqual(len(set(urls.values())), len(urls))
        for notice, url in urls.items():
            token = re.fullmatch(r"https?://.+/recall/([\w-]{43})", url)[1]
            found = self.env["stock.recall.token"]._find(token)
            self.assertEqual(
                (found.recall_id, found.partner_id),
                (notice.recall_id, notice.partner_id),
            )

    def test_who_only_reads_a_notice_gets_no_link_by_printing_it(self):
        """Whoever has the link answers as the consignee."""
        notice = self.to_bistro
        viewer = self.user("looker", "batch_tracking.group_batch_viewer")
        self.assertEqual(notice.with_user(viewer).sudo(False)._answer_url(), "")
        self.assertIn("/recall/", notice.with_user(self.manager)._answer_url())

    def test_a_drill_has_no_links(self):
        drill = self.recall._launch(self.bad, "Rehearsal", kind="drill")
        self.assertEqual(drill.sudo().notice_ids._answer_urls(), {})
        self.assertEqual(drill.sudo().notice_ids[:1]._answer_url(), "")

    def test_answered_in_part_and_wholly(self):
        self.assertEqual(self.to_bistro.answer_state, "none")
        self.tell(self.first)
        self.to_bistro.invalidate_recordset()
        self.assertEqual(self.to_bistro.answer_state, "partial")
        self.assertIn(self.to_bistro, self.notices._unanswered())
        self.tell(self.first, self.second)
        self.to_bistro.invalidate_recordset()
        self.assertEqual(self.to_bistro.answer_state, "complete")
        self.assertNotIn(self.to_bistro, self.notices._unanswered())

    def test_an_answer_is_bound_to_what_was_seen(self):
        self.assertFalse(self.tell(self.first).notice_id)
        self.to_bistro._note_told("phone", True)
        self.assertEqual(self.tell(self.first).notice_id, self.to_bistro)

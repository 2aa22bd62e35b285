from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..answer.answer_case import AnswerCase
from ..notice.notice_case import ANSWERS


@tagged("post_install", "-at_install")
class TestOverviewRecallTours(AnswerCase, HttpCase):
    """A recall manager works recalls and drills by clicking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "recall@kitchen.example"
        cls.market.email = "market@example.com"
        cls.bistro.phone = "+1 555 0142"

    def work(self, recall, tour):
        self.env.flush_all()
        self.start_tour(f"/odoo/recalls/{recall.id}", tour, login=self.manager.login)
        self.env.invalidate_all()

    def test_notices_are_approved_sent_and_answered_by_phone(self):
        recall = self.launch()
        tomorrow = fields.Date.today() + timedelta(days=1)
        recall.write({**ANSWERS, "notice_reply_by": tomorrow})
        self.work(recall, "batch_tracking_recall_notices")
        states = {
            notice.partner_id: (notice.state, notice.channel)
            for notice in recall.notice_ids
        }
        self.assertEqual(
            states,
            {self.market: ("queued", "mail"), self.bistro: ("approved", "phone")},
        )
        answer = recall.answer_ids
        self.assertEqual(
            (answer.partner_id, answer.channel, answer.contact_name, answer.user_id),
            (self.market, "phone", "Ann Lee", self.manager),
        )
        mine = self.row(recall, self.market, self.first)
        self.assertEqual((mine.on_hand, mine.destroyed), (30, 10))

    def test_the_dashboard(self):
        self.launch()
        self.launch(kind="drill")
        self.env.flush_all()
        self.start_tour(
            "/odoo/recall-dashboard",
            "batch_tracking_recall_dashboard",
            login=self.manager.login,
        )

    def test_a_drill(self):
        drill = self.launch(kind="drill")
        self.work(drill, "batch_tracking_recall_drill")
        self.assertTrue(drill.date_list and drill.date_reconciled)
        self.assertEqual(drill.drill_remark, "Keep a second phone list")

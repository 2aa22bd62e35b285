import re

from odoo.tests import HttpCase, new_test_user, tagged

from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerPortal(AnswerCase, HttpCase):
    """A customer with an account finds the recalls that they were told of."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.url = f"/my/recalls/{self.recall.id}"
        self.buyer = new_test_user(
            self.env, login="buyer", password="buyer-buyer", groups="base.group_portal"
        )
        self.buyer.partner_id.parent_id = self.market
        self.authenticate("buyer", "buyer-buyer")

    def tell(self, partner=None):
        notices = self.recall.sudo().notice_ids.filtered(
            lambda notice: notice.partner_id == (partner or self.market)
        )
        notices._note_told("phone", True)

    def open(self, url=None):
        self.env.flush_all()
        response = self.url_open(url or self.url)
        self.env.invalidate_all()
        return response

    def test_before_they_are_told_they_see_nothing(self):
        self.assertEqual(self.open().status_code, 404)
        self.assertNotIn(self.recall.name, self.open("/my/recalls").text)

    def test_what_others_were_told_is_not_theirs(self):
        self.tell(self.bistro)
        self.assertEqual(self.open().status_code, 404)

    def test_a_drill_is_nobodys_business(self):
        self.recall = self.launch(kind="drill")
        self.tell()
        self.assertEqual(self.open(f"/my/recalls/{self.recall.id}").status_code, 404)

    def test_they_answer_in_their_account(self):
        self.tell()
        self.assertIn(self.recall.name, self.open("/my/recalls").text)
        page = self.open()
        self.assertNotIn("Lake Bistro", page.text)
        row = self.row(self.recall, self.market, self.first)
        hidden = dict(
            re.findall(r'name="(csrf_token|version|key)" value="([^"]*)"', page.text)
        )
        data = {
            **hidden,
            "action": "told",
            "contact_name": "Ann Lee",
            f"{row.id}-used": "40",
        }
        response = self.url_open(self.url, data=data)
        self.assertIn("your answer is kept", response.text)
        self.env.invalidate_all()
        self.assertEqual((row.used, self.recall.answer_ids.channel), (40, "portal"))

    def test_a_closed_recall_is_shown_and_not_asked(self):
        self.tell()
        self.recall.sudo().state = "closed"
        page = self.open()
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Send the answer", page.text)

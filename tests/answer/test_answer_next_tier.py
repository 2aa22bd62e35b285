from odoo.tests import tagged

from ...models.recall.exceptions import RecallRightMissingError
from ...tools.answer.ledger import Onward
from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerNextTier(AnswerCase):
    """The market has passed some of H-1 on to two shops."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        shops = (
            Onward("Shop one", "one@shop.example", "", 20),
            Onward("Shop two", "", "", 10),
        )
        told = {"on_hand": 10, "passed_on": 30, "passed_to": shops}
        self.answer(self.recall, self.market, {self.first: told})
        self.onward = self.env["stock.recall.answer.onward"].search([])

    def add(self):
        self.onward.with_user(self.manager).action_add()
        return self.recall.consignee_ids.filtered(lambda row: row.tier == 2)

    def test_they_wait_until_a_recall_manager_says_who_they_are(self):
        self.assertEqual(self.recall.onward_count, 2)
        self.assertEqual(set(self.recall.consignee_ids.mapped("tier")), {1})
        with self.assertRaises(RecallRightMissingError):
            self.onward.with_user(self.user("clerk")).action_add()

    def test_they_become_consignees_of_the_second_tier(self):
        rows = self.add()
        self.assertEqual(
            {row.partner_id.name: row.delivered for row in rows},
            {"Shop one": 20, "Shop two": 10},
        )
        parent = self.row(self.recall, self.market, self.first)
        self.assertEqual(rows.parent_id, parent)
        self.assertEqual(self.recall.onward_count, 0)

    def test_they_had_no_more_than_was_passed_on(self):
        """Whatever somebody types on a page that everybody with the link has."""
        self.onward.sudo()[:1].quantity = 10**9
        rows = self.add()
        self.assertEqual(sum(rows.mapped("delivered")), 30)

    def test_nor_more_than_whoever_passed_it_on_says_by_now(self):
        self.answer(self.recall, self.market, {self.first: {"on_hand": 40}})
        self.assertEqual(sum(self.add().mapped("delivered")), 0)

    def test_who_has_that_address_already_is_the_same(self):
        known = self.make_partner("Known shop", email="One@Shop.example")
        self.assertIn(known, self.add().partner_id)

    def test_added_twice_they_are_there_once(self):
        self.add()
        self.onward.sudo().consignee_id = False
        count = len(self.recall.consignee_ids)
        self.env["res.partner"].search(
            [("name", "=", "Shop two")]
        ).email = "t@t.example"
        self.onward.filtered(lambda who: who.email).with_user(self.manager).action_add()
        self.assertEqual(len(self.recall.consignee_ids), count)

    def test_what_they_send_straight_to_us_counts_with_them(self):
        shop = self.add().filtered(lambda row: row.partner_id.name == "Shop one")
        picking = self.transfer(
            self.warehouse.in_type_id, self.customers, self.stock, shop.partner_id
        )
        move = self.add_move(picking, self.hummus, 15)
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, self.first, 15)
        self.validate(picking)
        self.assertEqual(shop.received_back, 15)
        parent = self.row(self.recall, self.market, self.first)
        self.assertEqual(parent.received_back, 0)
        bistro = self.row(self.recall, self.bistro, self.first)
        self.assertEqual(bistro.received_back, 0)

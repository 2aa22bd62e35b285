from odoo.tests import tagged

from ...models.recall.exceptions import (
    RecallRightMissingError,
    RecallStateError,
    StepWithoutReasonError,
)
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

    def say_anew(self, *shops, **quantities):
        told = {"passed_to": tuple(shops), **quantities}
        self.answer(self.recall, self.market, {self.first: told})

    def shares(self):
        rows = self.recall.consignee_ids.filtered(lambda row: row.tier == 2)
        return {row.partner_id.name: row.delivered for row in rows}

    def test_told_downward_they_had_less(self):
        self.add()
        less = Onward("shop  ONE", "One@shop.example", "", 5)
        self.say_anew(less, Onward("Shop two", "", "", 10), on_hand=25, passed_on=15)
        self.assertEqual(self.shares(), {"Shop one": 5, "Shop two": 10})
        self.assertEqual(self.recall.onward_count, 0)
        events = self.env["stock.lot.event"].search([("res_id", "=", self.recall.id)])
        self.assertIn(("20", "5"), events.mapped(lambda e: (e.old_value, e.new_value)))

    def test_who_is_not_named_any_more_had_nothing(self):
        self.add()
        self.say_anew(Onward("Shop two", "", "", 10), on_hand=30, passed_on=10)
        self.assertEqual(self.shares(), {"Shop one": 0, "Shop two": 10})
        parent = self.row(self.recall, self.market, self.first)
        self.assertEqual(sum(parent.child_ids.mapped("delivered")), parent.passed_on)

    def test_who_says_how_much_and_not_to_whom_takes_no_name_back(self):
        """Nobody types names while the market is on the phone."""
        self.add()
        self.say_anew(on_hand=15, passed_on=25)
        self.assertEqual(self.shares(), {"Shop one": 20, "Shop two": 5})
        self.say_anew(on_hand=40)
        self.say_anew(on_hand=15, passed_on=25)
        self.assertEqual(self.shares(), {"Shop one": 0, "Shop two": 0})

    def test_who_declines_has_passed_nothing_on(self):
        self.add()
        self.say_anew(is_declined=True, note="None of it is ours")
        self.assertEqual(self.shares(), {"Shop one": 0, "Shop two": 0})

    def test_what_has_come_in_from_them_they_had(self):
        one = self.add().filtered(lambda row: row.partner_id.name == "Shop one")
        one.sudo().received_back = 7
        self.say_anew(on_hand=40)
        self.assertEqual(self.shares(), {"Shop one": 7, "Shop two": 0})

    def test_told_upward_they_had_more(self):
        self.add()
        more = Onward("Shop one", "one@shop.example", "", 25)
        self.say_anew(more, Onward("Shop two", "", "", 10), on_hand=5, passed_on=35)
        self.assertEqual(self.shares(), {"Shop one": 25, "Shop two": 10})

    def test_those_behind_them_had_less_as_well(self):
        one = self.add().filtered(lambda row: row.partner_id.name == "Shop one")
        told = {"passed_on": 20, "passed_to": (Onward("Stall", quantity=20),)}
        self.answer(self.recall, one.partner_id, {self.first: told})
        self.recall.answer_ids.line_ids.onward_ids.with_user(self.manager).action_add()
        self.say_anew(Onward("Shop two", "", "", 10), on_hand=30, passed_on=10)
        self.assertEqual(one.delivered, 0)
        self.assertEqual(one.child_ids.delivered, 20)
        self.assertEqual(one.excess, 20)

    def test_names_of_an_earlier_answer_are_nobody_s_matter(self):
        self.assertEqual(self.recall.onward_count, 2)
        self.say_anew(on_hand=40)
        self.assertEqual(self.recall.onward_count, 0)
        self.assertEqual(self.onward.mapped("is_superseded"), [True, True])
        self.assertFalse(self.add())

    def test_a_name_is_dismissed_with_a_reason_alone(self):
        mine = self.onward.with_user(self.manager)
        for reason in ("", ".", None):
            with self.assertRaises(StepWithoutReasonError):
                mine[0]._dismiss(reason)
        with self.assertRaises(RecallRightMissingError):
            self.onward.with_user(self.user("clerk"))._dismiss("It is one of ours")
        mine[0]._dismiss("It is one of ours")
        self.assertEqual(self.recall.onward_count, 1)
        self.add()
        self.assertEqual(self.shares(), {"Shop two": 10})

    def test_nobody_is_added_to_a_recall_that_is_over(self):
        self.recall.sudo().state = "closed"
        with self.assertRaises(RecallStateError):
            self.add()

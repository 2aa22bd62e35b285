from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ...models.recall.exceptions import RecallRightMissingError, RecallStateError
from ...models.remedy.exceptions import (
    InventoryRightMissingError,
    NothingToReplaceError,
)
from .remedy_case import RemedyCase

MANAGER = "batch_tracking.group_recall_manager"


@tagged("post_install", "-at_install")
class TestReplacements(RemedyCase):
    """What came back or was destroyed is delivered again, from good batches."""

    def test_as_much_as_came_back_or_was_destroyed(self):
        picking = self.replace()
        move = picking.move_ids
        self.assertEqual((move.product_id, move.product_uom_qty), (self.hummus, 35))
        self.assertEqual(picking.partner_id, self.market)
        self.assertEqual(picking.picking_type_code, "outgoing")
        self.assertEqual(picking.recall_id, self.recall)
        self.assertEqual(move.replaced_move_id, self.to_market.move_ids)
        self.assertIn(self.to_market.name, picking.origin)
        self.assertIn("H-1", move.description_picking)

    def test_all_that_they_had_on_demand(self):
        self.assertEqual(self.replace(basis="distributed").move_ids.product_qty, 40)

    def test_it_takes_good_batches_only(self):
        picking = self.replace()
        self.assertEqual(picking.move_line_ids.lot_id, self.other)
        self.validate(picking)
        self.assertEqual(self.mine.replaced, 35)
        self.assertEqual(self.mine.to_make_good, 0)

    def test_a_batch_that_is_recalled_meanwhile_is_taken_out(self):
        picking = self.replace()
        self.recall._expand(self.other, "This one too")
        self.assertFalse(picking.move_line_ids)

    def test_nothing_twice(self):
        self.replace()
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (35, 0))
        with self.assertRaises(NothingToReplaceError):
            self.replace()

    def test_only_what_came_since(self):
        self.replace()
        self.take_back(self.to_market, 5)
        self.assertEqual(self.replace().move_ids.product_qty, 5)

    def test_what_is_cancelled_counts_no_more(self):
        self.replace().action_cancel()
        self.assertEqual(self.mine.replaced, 0)
        self.assertEqual(self.replace().move_ids.product_qty, 35)

    def test_what_was_not_sent_in_the_end_is_still_owed(self):
        picking = self.replace()
        picking.move_line_ids.quantity = 30
        picking.move_ids.picked = True
        picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=picking.ids
        ).button_validate()
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (30, 5))

    def test_what_follows_in_a_backorder_is_replaced(self):
        picking = self.replace()
        picking.move_line_ids.quantity = 30
        self.validate(picking)
        self.assertEqual(picking.backorder_ids.move_ids.recall_row_id, self.mine)
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (35, 0))

    def test_two_batches_of_one_consignee_are_told_apart(self):
        second = self.row(self.recall, self.market, self.second)
        self.answer(self.recall, self.market, {self.second: {"destroyed": 9}})
        self.replace(self.mine | second)
        self.assertEqual((self.mine.replaced, second.replaced), (35, 9))

    def test_who_sent_nothing_back_gets_nothing(self):
        with self.assertRaises(NothingToReplaceError):
            self.replace(self.row(self.recall, self.bistro, self.first))

    def test_what_was_passed_on_is_not_replaced_by_us(self):
        self.mine.sudo().tier = 2
        with self.assertRaises(NothingToReplaceError):
            self.replace()

    def test_a_copy_of_a_replacement_replaces_nothing(self):
        self.replace().copy()
        self.assertEqual(self.mine.replaced, 35)

    def test_it_leaves_an_event(self):
        picking = self.replace()
        event = self.env["stock.lot.event"].search(
            [("res_model", "=", "stock.recall"), ("res_id", "=", self.recall.id)],
            order="id desc",
            limit=1,
        )
        self.assertIn(picking.name, event.new_value)

    def test_of_a_closed_recall_nothing_is_replaced(self):
        self.recall.sudo().state = "closed"
        with self.assertRaises(RecallStateError):
            self.replace()

    def test_who_is_no_recall_manager_replaces_nothing(self):
        with self.assertRaises(RecallRightMissingError):
            self.replace(user=self.user("clerk"))

    def test_without_a_right_on_inventory_it_is_said(self):
        user = new_test_user(self.env, "caller", groups=MANAGER)
        with self.assertRaises(InventoryRightMissingError):
            self.replace(user=user)

    def test_the_screen_says_how_much_and_does_it(self):
        wizard = self.env["stock.recall.make.good"].with_user(self.manager)
        with Form(wizard.with_context(default_recall_id=self.recall.id)) as form:
            self.assertIn("35 Units. Consignees: 1.", form.summary)
            form.basis = "distributed"
            self.assertIn("57 Units. Consignees: 2.", form.summary)
        action = form.record.make_good()
        pickings = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(pickings.partner_id, self.market | self.bistro)
        self.assertEqual(self.recall.replacement_count, len(pickings))

    def test_lines_of_another_company_are_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups=MANAGER,
            company_id=company.id,
            company_ids=company.ids,
        )
        with self.assertRaises(AccessError):
            self.env["stock.recall.make.good"].with_user(stranger).create(
                {"row_ids": [(6, 0, self.mine.ids)]}
            )

from odoo.tests import tagged

from odoo.addons.batch_tracking.models.remedy.exceptions import NothingToReplaceError

from ..models.exceptions import InvoicingRightMissingError, NothingToCreditError
from .common import MANAGER, SaleCase


@tagged("post_install", "-at_install")
class TestCreditNotes(SaleCase):
    """What was billed of recalled goods is credited by Odoo's own reversal."""

    def setUp(self):
        super().setUp()
        self.invoice = self.bill(self.order_of_market)
        self.recall = self.launch()
        self.mine = self.destroyed(self.recall, self.market, 10)

    def test_a_draft_for_as_much_as_is_recalled(self):
        note = self.make_good("credit", self.mine)
        self.assertEqual((note.move_type, note.state), ("out_refund", "draft"))
        self.assertEqual(note.reversed_entry_id, self.invoice)
        line = note.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit), (10, 5))
        self.assertEqual(note.amount_untaxed, 50)
        self.assertIn("H-1", line.name)
        self.assertIn(self.recall.name, note.ref)
        self.assertEqual(line.sale_line_ids, self.order_of_market.order_line)

    def test_it_can_be_posted_and_then_costs(self):
        note = self.make_good("credit", self.mine)
        self.recall.invalidate_recordset()
        self.assertEqual(self.recall.total_cost, 0)
        note.action_post()
        self.recall.invalidate_recordset()
        self.assertEqual((self.recall.credited_value, self.recall.total_cost), (50, 50))

    def test_nothing_twice(self):
        self.make_good("credit", self.mine)
        self.mine.invalidate_recordset()
        self.assertEqual((self.mine.credited, self.mine.to_make_good), (10, 0))
        with self.assertRaises(NothingToCreditError):
            self.make_good("credit", self.mine)
        with self.assertRaises(NothingToReplaceError):
            self.make_good("delivery", self.mine)

    def test_what_is_replaced_is_not_credited(self):
        self.make_good("delivery", self.mine)
        with self.assertRaises(NothingToCreditError):
            self.make_good("credit", self.mine)

    def test_a_credit_note_that_is_cancelled_counts_no_more(self):
        self.make_good("credit", self.mine).button_cancel()
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.credited, 0)
        self.assertTrue(self.make_good("credit", self.mine))

    def test_never_more_than_was_billed_and_not_credited_by_hand(self):
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        )
        wizard = wizard.create({"journal_id": self.invoice.journal_id.id})
        wizard.refund_moves()
        wizard.new_move_ids.invoice_line_ids.quantity = 37
        note = self.make_good("credit", self.mine)
        self.assertEqual(note.invoice_line_ids.quantity, 3)

    def test_two_batches_on_one_line_are_told_apart(self):
        second = self.receive(self.hummus, "H-2", 50)
        order = self.quote(30, self.bistro)
        order.action_confirm()
        picking = order.picking_ids
        picking.do_unreserve()
        self.add_line(picking.move_ids, self.good, 12)
        self.add_line(picking.move_ids, second, 18)
        self.validate(picking)
        self.bill(order)
        recall = self.launch(self.good | second)
        rows = self.destroyed(recall, self.bistro, 2, self.good)
        rows |= self.destroyed(recall, self.bistro, 3, second)
        note = self.make_good("credit", rows)
        self.assertEqual(
            {
                line.recall_row_id.lot_id: line.quantity
                for line in note.invoice_line_ids
            },
            {self.good: 2, second: 3},
        )
        self.assertEqual(note.amount_untaxed, 25)

    def test_other_lines_of_the_invoice_stay_billed(self):
        bread = self.make_product("Bread", tracking="none", is_storable=False)
        order = self.quote(4, self.bistro)
        order.order_line.create(
            {"order_id": order.id, "product_id": bread.id, "product_uom_qty": 2}
        )
        order.order_line.create(
            {"order_id": order.id, "display_type": "line_note", "name": "Thanks"}
        )
        order.action_confirm()
        picking = order.picking_ids
        picking.do_unreserve()
        hummus = picking.move_ids.filtered(lambda m: m.product_id == self.hummus)
        self.add_line(hummus, self.good, 4)
        (picking.move_ids - hummus).quantity = 2
        self.validate(picking)
        self.bill(order)
        recall = self.launch(self.good)
        note = self.make_good(
            "credit", self.destroyed(recall, self.bistro, 4, self.good)
        )
        self.assertEqual(note.invoice_line_ids.product_id, self.hummus)

    def test_what_was_not_billed_is_not_credited(self):
        order = self.sell(5, self.bistro, self.good)
        self.assertFalse(order.invoice_ids)
        recall = self.launch(self.good)
        row = self.destroyed(recall, self.bistro, 5, self.good)
        with self.assertRaises(NothingToCreditError):
            self.make_good("credit", row)

    def test_without_a_right_on_invoicing_it_is_said(self):
        user = self.user("caller", MANAGER)
        with self.assertRaises(InvoicingRightMissingError):
            self.make_good("credit", self.mine, user=user)

    def test_the_recall_leads_to_them(self):
        note = self.make_good("credit", self.mine)
        recall = self.recall.with_user(self.manager)
        self.assertEqual(recall.credit_note_count, 1)
        found = self.env["account.move"].search(
            recall.action_open_credit_notes()["domain"]
        )
        self.assertEqual(found, note)

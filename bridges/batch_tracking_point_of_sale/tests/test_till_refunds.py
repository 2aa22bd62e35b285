from odoo.tests import tagged

from odoo.addons.batch_tracking.models.answer.stock_recall_answering import Answer
from odoo.addons.batch_tracking.models.base.exceptions import SaidByMethodsError
from odoo.addons.batch_tracking.tests.common import KitchenCase
from odoo.addons.batch_tracking.tools.answer.ledger import Told

from ..models.exceptions import (
    NothingToRefundError,
    TillClosedError,
    TillRightMissingError,
)
from .till import sell

MANAGER = "batch_tracking.group_recall_manager"
POS = "point_of_sale.group_pos_user"


@tagged("post_install", "-at_install")
class TestTillRefunds(KitchenCase):
    """The bistro bought 5 tubs of H-1 at 1 each over the counter; H-1 is recalled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls.env["pos.config"].create({"name": "Till"})
        cls.till.picking_type_id = cls.warehouse.pos_type_id
        cls.till.open_ui()
        cls.bad = cls.put_on_hand(cls.make_lot(cls.hummus, "H-1", expires_in=30), 20)
        cls.other = cls.put_on_hand(cls.make_lot(cls.hummus, "H-2", expires_in=30), 20)
        cls.manager = cls.user("recaller", MANAGER, POS)
        cls.sale = sell(cls.till, cls.bad, quantity=5, customer=cls.bistro)
        cls.recall = (
            cls.env["stock.recall"]
            .with_user(cls.manager)
            ._launch(cls.bad.with_user(cls.manager), "Listeria")
        )
        cls.mine = cls.recall.consignee_ids
        cls.destroyed(3)

    @classmethod
    def destroyed(cls, quantity):
        told = {cls.mine: Told(destroyed=quantity)}
        cls.recall._take_answer(cls.bistro, Answer("told", "page", told=told))
        cls.mine.invalidate_recordset()

    def make_good(self, way="till", user=None):
        wizard = self.env["stock.recall.make.good"].with_user(user or self.manager)
        wizard = wizard.create(
            {"row_ids": self.mine.ids, "way": way, "basis": "recovered"}
        )
        action = wizard.make_good()
        return self.env[action["res_model"]].search(action["domain"])

    def pay(self, refund):
        refund.add_payment(
            {
                "pos_order_id": refund.id,
                "payment_method_id": self.till.payment_method_ids[:1].id,
                "amount": refund.amount_total,
            }
        )
        refund.action_pos_order_paid()
        refund._create_order_picking()

    def test_as_much_as_is_recalled_and_of_that_batch(self):
        refund = self.make_good()
        line = refund.lines
        self.assertEqual((refund.state, refund.is_refund), ("draft", True))
        self.assertEqual(
            (line.qty, line.refunded_orderline_id, line.pack_lot_ids.lot_name),
            (-3, self.sale.lines, "H-1"),
        )
        self.assertEqual(refund.amount_total, -3)
        self.assertEqual(refund.partner_id, self.bistro)
        self.assertEqual((self.mine.credited, self.mine.to_make_good), (3, 0))

    def test_paying_costs_and_moves_no_goods(self):
        before = self.bad.product_qty
        refund = self.make_good()
        self.assertEqual(self.recall.refunded_value, 0)
        self.pay(refund)
        self.assertEqual(refund.state, "paid")
        self.assertFalse(refund.picking_ids)
        self.assertEqual(self.bad.product_qty, before)
        self.recall.invalidate_recordset()
        self.assertEqual((self.recall.refunded_value, self.recall.total_cost), (3, 3))

    def test_nothing_twice(self):
        self.make_good()
        with self.assertRaises(NothingToRefundError):
            self.make_good()
        self.destroyed(4)
        self.assertEqual(self.make_good().lines.qty, -1)

    def test_what_the_till_has_refunded_by_itself_is_left_out(self):
        by_hand = self.sale._refund()
        by_hand.lines.qty = -4
        self.assertEqual(self.make_good().lines.qty, -1)

    def test_a_refund_that_is_cancelled_counts_no_more(self):
        self.make_good().state = "cancel"
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.credited, 0)
        self.assertEqual(self.make_good().lines.qty, -3)

    def test_a_till_that_is_closed_is_named(self):
        self.till.current_session_id.state = "closed"
        self.till.invalidate_recordset()
        with self.assertRaises(TillClosedError) as refused:
            self.make_good()
        self.assertIn("Till", str(refused.exception))

    def test_without_a_right_on_tills_it_is_said(self):
        with self.assertRaises(TillRightMissingError):
            self.make_good(user=self.user("caller", MANAGER))

    def test_what_no_till_has_sold_is_not_refunded(self):
        self.deliver(self.hummus, 4, self.market, lot=self.other)
        recall = (
            self.env["stock.recall"]
            .with_user(self.manager)
            ._launch(self.other.with_user(self.manager), "Listeria")
        )
        with self.assertRaises(NothingToRefundError):
            recall.consignee_ids._refund("distributed")

    def test_no_cashier_says_what_is_made_good(self):
        line = self.sale.lines.with_user(self.user("cashier", POS))
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            line.recall_row_id = self.mine.id

    def test_the_recall_leads_to_them(self):
        refund = self.make_good()
        recall = self.recall.with_user(self.manager)
        self.assertEqual(recall.refund_count, 1)
        found = self.env["pos.order"].search(recall.action_open_refunds()["domain"])
        self.assertEqual(found, refund)

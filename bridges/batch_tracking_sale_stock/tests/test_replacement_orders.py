from odoo.tests import tagged

from odoo.addons.batch_tracking.models.remedy.exceptions import NothingToReplaceError

from ..models.exceptions import SalesRightMissingError
from .common import MANAGER, SaleCase


@tagged("post_install", "-at_install")
class TestReplacementOrders(SaleCase):
    """Recalled goods are replaced by quotations that cost nothing."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.mine = self.destroyed(self.recall, self.market, 10)

    def test_a_quotation_free_of_charge(self):
        order = self.make_good("order", self.mine)
        line = order.order_line
        self.assertEqual((order.partner_id, order.state), (self.market, "draft"))
        self.assertEqual(
            (line.product_id, line.product_uom_qty, order.amount_total),
            (self.hummus, 10, 0),
        )
        self.assertIn("H-1", line.name)
        self.assertEqual(order.origin, self.recall.name)

    def test_it_stays_free_of_charge_when_the_quantity_changes(self):
        order = self.make_good("order", self.mine)
        order.order_line.product_uom_qty = 8
        self.assertEqual(order.amount_total, 0)
        self.mine.invalidate_recordset()
        self.assertEqual((self.mine.replaced, self.mine.to_make_good), (8, 2))

    def test_nothing_twice(self):
        self.make_good("order", self.mine)
        with self.assertRaises(NothingToReplaceError):
            self.make_good("order", self.mine)
        with self.assertRaises(NothingToReplaceError):
            self.make_good("delivery", self.mine)

    def test_confirmed_and_delivered_it_counts_once_and_costs(self):
        self.good.unit_cost = 3
        order = self.make_good("order", self.mine)
        order.action_confirm()
        picking = order.picking_ids
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.good)
        self.validate(picking)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.replaced, 10)
        self.recall.invalidate_recordset()
        self.assertEqual(self.recall.replaced_value, 30)

    def test_one_that_is_cancelled_counts_no_more(self):
        self.make_good("order", self.mine)._action_cancel()
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.replaced, 0)

    def test_without_a_right_on_sales_it_is_said(self):
        user = self.user("caller", MANAGER)
        with self.assertRaises(SalesRightMissingError):
            self.make_good("order", self.mine, user=user)

    def test_the_recall_leads_to_them(self):
        order = self.make_good("order", self.mine)
        recall = self.recall.with_user(self.manager)
        self.assertEqual(recall.replacement_order_count, 1)
        found = self.env["sale.order"].search(
            recall.action_open_replacement_orders()["domain"]
        )
        self.assertEqual(found, order)

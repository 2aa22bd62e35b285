from odoo.tests import tagged

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestSalesHit(SaleCase):
    """A recall lists the sales whose goods it stops, and tells their salespeople."""

    def setUp(self):
        super().setUp()
        self.seller = self.user("seller", "sales_team.group_sale_salesman")
        self.waiting = self.quote(6, self.bistro)
        self.waiting.user_id = self.seller
        self.waiting.action_confirm()
        picking = self.waiting.picking_ids
        picking.do_unreserve()
        self.add_line(picking.move_ids, self.bad, 6)

    def kinds(self, recall):
        return {(hit.res_model, hit.res_id): hit.kind for hit in recall.hit_ids}

    def test_the_order_and_its_delivery(self):
        recall = self.launch()
        self.assertEqual(
            self.kinds(recall),
            {
                ("stock.picking", self.waiting.picking_ids.id): "delivery",
                ("sale.order", self.waiting.id): "sale",
            },
        )
        mine = self.waiting.activity_ids.filtered(
            lambda activity: activity.user_id == self.seller
        )
        self.assertEqual(len(mine), 1)
        self.assertIn(recall.name, self.waiting.message_ids[0].body)

    def test_not_told_twice_when_the_recall_grows(self):
        self.add_line(self.waiting.picking_ids.move_ids, self.good, 1)
        recall = self.launch()
        recall._expand(self.good, "The same day")
        orders = recall.hit_ids.filtered(lambda hit: hit.kind == "sale")
        self.assertEqual(len(orders), 1)
        mine = self.waiting.activity_ids.filtered(
            lambda activity: activity.user_id == self.seller
        )
        self.assertEqual(len(mine), 1)

    def test_what_is_delivered_already_is_not_hit(self):
        self.assertNotIn(
            ("sale.order", self.order_of_market.id), self.kinds(self.launch())
        )

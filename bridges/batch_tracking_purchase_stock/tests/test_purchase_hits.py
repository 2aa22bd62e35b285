from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.recall.recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestPurchasesHit(RecallCase):
    """A recall lists what is about to be bought again from the same supplier."""

    def setUp(self):
        super().setUp()
        self.buyer = self.user("buyer", "purchase.group_purchase_user")
        self.asked = self.ask(self.supplier)

    def ask(self, supplier, product=None):
        line = {
            "product_id": (product or self.chickpeas).id,
            "product_qty": 50,
            "price_unit": 2,
        }
        return self.env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "user_id": self.buyer.id,
                "order_line": [Command.create(line)],
            }
        )

    def hits(self, recall):
        return {
            self.env[hit.res_model].browse(hit.res_id): hit.kind
            for hit in recall.hit_ids
        }

    def test_what_is_asked_for_and_what_is_ordered(self):
        ordered = self.ask(self.supplier)
        ordered.button_confirm()
        recall = self.launch()
        self.assertEqual(
            self.hits(recall),
            {self.asked: "purchase", ordered.picking_ids: "receipt"},
        )
        hit = recall.hit_ids.filtered(lambda hit: hit.kind == "purchase")
        self.assertEqual(
            (hit.partner_id, hit.user_id, hit.product_ids, hit.is_open),
            (self.supplier, self.buyer, self.chickpeas, True),
        )
        self.assertTrue(hit.date)

    def test_the_buyer_is_told_to_ask_first(self):
        recall = self.launch()
        mine = self.asked.activity_ids.filtered(lambda a: a.user_id == self.buyer)
        self.assertEqual(len(mine), 1)
        body = self.asked.message_ids[0].body
        self.assertIn(recall.name, body)
        self.assertIn("supplier", body)

    def test_once_it_is_ordered_or_cancelled_it_is_done(self):
        recall = self.launch()
        self.asked.button_confirm()
        recall.hit_ids.invalidate_recordset()
        self.assertFalse(recall.hit_ids.is_open)

    def test_a_contact_of_the_supplier_is_the_supplier(self):
        office = self.make_partner("Their office", parent_id=self.supplier.id)
        at_office = self.ask(office)
        self.assertIn(at_office, self.hits(self.launch()))

    def test_other_suppliers_and_other_goods_are_not_hit(self):
        self.ask(self.make_partner("Another farm"))
        self.ask(self.supplier, self.hummus)
        self.assertEqual(self.hits(self.launch()), {self.asked: "purchase"})

    def test_a_drill_tells_no_buyer(self):
        self.assertFalse(self.launch(kind="drill").hit_ids)
        self.assertFalse(self.asked.activity_ids)

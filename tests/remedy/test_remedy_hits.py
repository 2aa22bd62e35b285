from odoo.tests import tagged

from ..recall.recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestOrdersHit(RecallCase):
    """Orders that would take what is recalled are listed, and their people told."""

    def setUp(self):
        super().setUp()
        self.clerk = self.user("clerk")

    def wait_for(self, lot, quantity=5):
        picking = self.order(self.hummus, quantity, self.bistro, lot=lot)
        picking.user_id = self.clerk
        return picking

    def hits(self, recall):
        return {
            self.env[hit.res_model].browse(hit.res_id): hit.kind
            for hit in recall.hit_ids
        }

    def activities(self, document):
        return document.activity_ids.filtered(lambda a: a.user_id == self.clerk)

    def test_a_delivery_that_lost_its_goods(self):
        picking = self.wait_for(self.second)
        recall = self.launch()
        self.assertEqual(self.hits(recall), {picking: "delivery"})
        hit = recall.hit_ids
        self.assertEqual(
            (hit.name, hit.partner_id, hit.user_id, hit.product_ids, hit.is_open),
            (picking.name, self.bistro, self.clerk, self.hummus, True),
        )
        self.assertEqual(len(self.activities(picking)), 1)

    def test_a_delivery_for_which_nobody_is_responsible(self):
        picking = self.order(self.hummus, 5, self.env["res.partner"], lot=self.second)
        picking.user_id = False
        hit = self.launch().hit_ids
        self.assertEqual(
            (hit.res_id, hit.user_id.ids, hit.partner_id.ids), (picking.id, [], [])
        )

    def test_a_delivery_behind_a_picking_that_lost_its_goods(self):
        self.warehouse.delivery_steps = "pick_ship"
        out = self.transfer(
            self.warehouse.out_type_id,
            self.warehouse.wh_output_stock_loc_id,
            self.customers,
            self.bistro,
        )
        self.add_move(out, self.hummus, 5)
        out.user_id = self.clerk
        pick = self.transfer(
            self.warehouse.pick_type_id,
            self.stock,
            self.warehouse.wh_output_stock_loc_id,
            self.bistro,
        )
        self.add_move(pick, self.hummus, 5).move_dest_ids = out.move_ids
        (pick | out).action_confirm()
        pick.do_unreserve()
        self.add_line(pick.move_ids, self.second, 5)
        recall = self.launch()
        self.assertEqual(self.hits(recall), {pick: "transfer", out: "delivery"})
        self.assertEqual(len(self.activities(out)), 1)
        self.assertIn(recall.name, out.message_ids[0].body)

    def test_an_expansion_lists_and_tells_nobody_twice(self):
        more = self.receive(self.hummus, "H-3", 30)
        picking = self.wait_for(self.second)
        self.add_line(picking.move_ids, more, 2)
        other = self.wait_for(more)
        recall = self.launch()
        other_before = len(self.activities(other))
        recall._expand(more, "The same delivery")
        self.assertEqual(self.hits(recall), {picking: "delivery", other: "delivery"})
        self.assertEqual(len(self.activities(picking)), 1)
        self.assertEqual(len(self.activities(other)), other_before + 1)
        versions = {hit.res_id: hit.version for hit in recall.hit_ids}
        self.assertEqual(versions, {picking.id: 1, other.id: 2})

    def test_rules_that_count_on_recalled_stock(self):
        point = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.hummus.id,
                "product_min_qty": 5,
                "product_max_qty": 9,
                "location_id": self.stock.id,
            }
        )
        self.env["stock.warehouse.orderpoint"].create(
            {"product_id": self.make_product("Bread").id, "location_id": self.stock.id}
        )
        self.assertEqual(self.hits(self.launch()), {point: "replenishment"})

    def test_what_is_to_come_from_the_same_supplier(self):
        def expect(supplier, product):
            picking = self.transfer(
                self.warehouse.in_type_id, self.suppliers, self.stock, supplier
            )
            self.add_move(picking, product, 10)
            picking.user_id = self.clerk
            picking.action_confirm()
            return picking

        coming = expect(self.supplier, self.chickpeas)
        expect(self.make_partner("Another farm"), self.chickpeas)
        expect(self.supplier, self.make_product("Lentils"))
        recall = self.launch()
        self.assertEqual(self.hits(recall), {coming: "receipt"})
        self.assertEqual(len(self.activities(coming)), 1)
        self.assertIn("supplier", coming.message_ids[0].body)

    def test_one_that_is_done_since_is_not_open(self):
        picking = self.wait_for(self.second)
        recall = self.launch()
        picking.action_cancel()
        recall.hit_ids.invalidate_recordset()
        self.assertFalse(recall.hit_ids.is_open)

    def test_one_that_was_deleted_since_is_not_open(self):
        picking = self.wait_for(self.second)
        recall = self.launch()
        picking.action_cancel()
        picking.unlink()
        recall.hit_ids.invalidate_recordset()
        self.assertFalse(recall.hit_ids.is_open)
        self.assertTrue(recall.hit_ids.name)

    def test_the_list_opens_the_order(self):
        picking = self.wait_for(self.second)
        hit = self.launch().hit_ids
        action = hit.with_user(self.clerk).action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("stock.picking", picking.id)
        )

    def test_a_drill_hits_nothing(self):
        self.wait_for(self.second)
        self.assertFalse(self.launch(kind="drill").hit_ids)

    def test_what_asks_for_other_batches_is_not_hit(self):
        good = self.receive(self.hummus, "H-9", 30)
        self.wait_for(good)
        self.assertFalse(self.launch().hit_ids)

from odoo.tests import tagged

from .common import LinkCase


@tagged("post_install", "-at_install")
class TestUnbuild(LinkCase):
    """Hummus is taken apart again."""

    def unbuild(self, order, quantity):
        unbuild = self.env["mrp.unbuild"].create(
            {
                "mo_id": order.id,
                "product_id": order.product_id.id,
                "lot_id": order.lot_producing_ids.id,
                "product_qty": quantity,
                "location_id": self.stock.id,
                "location_dest_id": self.stock.id,
            }
        )
        unbuild.action_unbuild()
        return unbuild

    def test_what_comes_back_came_from_the_lot(self):
        order = self.plan()
        lot = self.finish(order)
        unbuild = self.unbuild(order, 8)
        self.assertEqual(self.links(lot), {"M-1": (5, "production", "exact")})
        self.assertEqual(self.links(self.batch), {lot.name: (8, "unbuild", "exact")})
        link = self.env["stock.lot.link"].search([("kind", "=", "unbuild")])
        self.assertEqual(link.child_quantity, 2)
        self.assertEqual(
            (link.document_model, link.document_id, link.reference),
            ("mrp.unbuild", unbuild.id, unbuild.name),
        )

    def test_what_comes_back_from_an_unbuild_counts_once(self):
        raw = self.receive(self.mash, "M-7", 5)
        self.env["stock.quant"].search([("lot_id", "=", self.batch.id)]).unlink()
        order = self.plan()
        lot = self.finish(order)
        self.assertEqual(self.links(lot), {"M-7": (5, "production", "exact")})
        self.unbuild(order, 20)
        nodes = {node["id"]: node for node in raw.trace("forward")["nodes"]}
        self.assertEqual((nodes[raw.id]["total"], nodes[lot.id]["total"]), (5, 20))
        self.assertEqual(nodes[lot.id]["certain"], 5)
        back = {node["id"]: node for node in lot.trace("back")["nodes"]}
        self.assertEqual(back[raw.id]["certain"], 5)
        recall = self.env["stock.recall"]._launch(raw, "Drill", kind="drill")
        lines = {line.lot_id: (line.came_in, line.consumed) for line in recall.lot_ids}
        self.assertEqual(lines, {raw: (5, 0), lot: (20, 20)})

    def made_with_by_products(self, *by_products):
        """Receive 4 kg of mash and make 4 pots of all of it, and by-products."""
        self.env["stock.quant"].search([("lot_id", "=", self.batch.id)]).unlink()
        raw = self.receive(self.mash, "M-7", 4)
        made = [(product, 0.5) for product in by_products]
        bom = self.make_bom(self.hummus, 1, [(self.mash, 1)], made)
        order = self.plan(bom, 4)
        order.qty_producing = order.product_qty
        order.set_qty_producing()
        for move in order.move_byproduct_ids:
            move.move_line_ids.unlink()
            self.add_line(move, self.number_lot(move.product_id), 2)
            move.picked = True
        return raw, self.finish(order), order

    def assert_all_counts_once(self, by_products, unbuilt):
        raw, lot, order = self.made_with_by_products(*by_products)
        self.unbuild(order, unbuilt)
        left = 4 - unbuilt
        bom = self.make_bom(self.make_product("Dip"), 1, [(self.hummus, 1)])
        dip = self.finish(self.plan(bom, left))
        forward = {node["id"]: node for node in raw.trace("forward")["nodes"]}
        back = {node["id"]: node for node in dip.trace("back")["nodes"]}
        amounts = ("certain", "proportional", "worst_case")
        self.assertEqual(forward[raw.id]["total"], 4)
        self.assertEqual(back[raw.id]["total"], 4)
        for amount in amounts:
            self.assertEqual(forward[dip.id][amount], left, amount)
            self.assertEqual(back[raw.id][amount], left, amount)
        recall = self.env["stock.recall"]._launch(raw, "Drill", kind="drill")
        of_raw = recall.lot_ids.filtered(lambda line: line.lot_id == raw)
        self.assertEqual((of_raw.came_in, of_raw.consumed), (4, left))
        self.assertEqual(of_raw.on_hand, unbuilt)

    def test_one_of_four_pots_with_a_by_product(self):
        self.assert_all_counts_once([self.make_product("Whey")], 1)

    def test_two_of_four_pots_with_a_by_product(self):
        self.assert_all_counts_once([self.make_product("Whey")], 2)

    def test_three_of_four_pots_with_a_by_product(self):
        self.assert_all_counts_once([self.make_product("Whey")], 3)

    def test_two_of_four_pots_with_two_by_products(self):
        products = [self.make_product("Whey"), self.make_product("Peel")]
        self.assert_all_counts_once(products, 2)

    def test_a_trace_through_an_unbuild_ends(self):
        order = self.plan()
        lot = self.finish(order)
        self.unbuild(order, 8)
        levels = self.env["stock.lot.genealogy"]._levels(self.batch, "forward")
        self.assertEqual(levels, {self.batch.id: 0, lot.id: 1})

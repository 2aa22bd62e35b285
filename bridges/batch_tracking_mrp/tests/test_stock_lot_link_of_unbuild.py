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

    def test_a_trace_through_an_unbuild_ends(self):
        order = self.plan()
        lot = self.finish(order)
        self.unbuild(order, 8)
        levels = self.env["stock.lot.genealogy"]._levels(self.batch, "forward")
        self.assertEqual(levels, {self.batch.id: 0, lot.id: 1})

from odoo.fields import Command

from odoo.addons.batch_tracking.tests.common import KitchenCase


class ProductionCase(KitchenCase):
    """Hummus is made by manufacturing orders: 5 kg of mash make 20 pots."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bom = cls.make_bom(cls.hummus, 20, [(cls.mash, 5)])
        cls.batch = cls.put_on_hand(cls.make_lot(cls.mash, "M-1"), 100)

    @classmethod
    def make_bom(cls, product, quantity, ingredients, byproducts=()):
        lines = [
            Command.create({"product_id": used.id, "product_qty": amount})
            for used, amount in ingredients
        ]
        by_products = [
            Command.create({"product_id": made.id, "product_qty": amount})
            for made, amount in byproducts
        ]
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": quantity,
                "bom_line_ids": lines,
                "byproduct_ids": by_products,
            }
        )

    @classmethod
    def plan(cls, bom=None, quantity=20, **values):
        bom = bom or cls.bom
        order = cls.env["mrp.production"].create(
            {
                "product_id": bom.product_tmpl_id.product_variant_id.id,
                "product_qty": quantity,
                "bom_id": bom.id,
                **values,
            }
        )
        order.action_confirm()
        order.action_assign()
        return order

    @classmethod
    def finish(cls, order):
        if not order.lot_producing_ids and order.product_tracking != "none":
            order.lot_producing_ids = cls.number_lot(order.product_id)
        order.qty_producing = order.product_qty
        order.set_qty_producing()
        order.move_raw_ids.picked = True
        order.button_mark_done()
        return order.lot_producing_ids

    @classmethod
    def links(cls, lot, side="child"):
        """Return ``{parent's number: (quantity, kind, attribution)}`` of a lot."""
        links = cls.env["stock.lot.link"].search([(f"{side}_lot_id", "in", lot.ids)])
        other = "parent_lot_id" if side == "child" else "child_lot_id"
        return {
            link[other].name: (link.parent_quantity, link.kind, link.attribution)
            for link in links
        }


class LinkCase(ProductionCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.assert_a_rebuild_finds_the_same)
        self.addCleanup(self.assert_consignees_are_right)

    def assert_a_rebuild_finds_the_same(self):
        before = self.everything()
        self.env["stock.lot.link"]._rebuild()
        self.assertEqual(self.everything(), before)

    def everything(self):
        self.env.flush_all()
        rows = []
        for model in ("stock.lot.link", "stock.lot.gap"):
            for row in self.env[model].search_read([], order="id"):
                del row["id"], row["display_name"]
                rows.append(sorted((name, str(value)) for name, value in row.items()))
        return sorted(rows)


class SerialCase(LinkCase):
    """Two pumps, each with a motor: core says that each has both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump = cls.make_product("Pump", tracking="serial")
        cls.motor = cls.make_product("Motor", tracking="serial")
        cls.screws = cls.make_product("Screws")
        cls.pump_bom = cls.make_bom(cls.pump, 1, [(cls.motor, 1), (cls.screws, 4)])
        cls.motors = cls.make_lot(cls.motor, "CX1") | cls.make_lot(cls.motor, "CX2")
        for motor in cls.motors:
            cls.put_on_hand(motor, 1)
        cls.put_on_hand(cls.make_lot(cls.screws, "S-1"), 100)

    def build(self):
        order = self.plan(self.pump_bom, 2)
        pumps = self.make_lot(self.pump, "FX1") | self.make_lot(self.pump, "FX2")
        order.lot_producing_ids = pumps
        self.finish(order)
        return pumps

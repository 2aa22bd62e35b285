from odoo.fields import Command
from odoo.tests import tagged

from .common import LinkCase, ProductionCase


@tagged("post_install", "-at_install")
class TestSubcontracting(LinkCase):
    """A packer makes the hummus from mash that we send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.packer = cls.make_partner("Valley Packers")
        cls.bom.write(
            {"type": "subcontract", "subcontractor_ids": [Command.set(cls.packer.ids)]}
        )
        place = cls.packer.property_stock_subcontractor
        place = place or cls.company.subcontracting_location_id
        cls.sent = cls.make_lot(cls.mash, "M-2")
        cls.put_on_hand(cls.sent, 50, place)

    def test_what_the_packer_sends_is_linked_to_what_we_sent(self):
        lot = self.receive(self.hummus, "H-1", 20, supplier=self.packer)
        self.assertEqual(self.links(lot), {"M-2": (5, "production", "exact")})
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", lot.id)])
        self.assertEqual(link.document_model, "mrp.production")
        self.assertEqual(link.date, link.produce_line_id.date)


@tagged("post_install", "-at_install")
class TestCostOfProduction(ProductionCase):
    """What a made batch costs, where Valuation is installed too."""

    def test_a_made_batch_costs_what_went_in(self):
        self.hummus.categ_id = self.env["product.category"].create(
            {"name": "Fresh", "property_cost_method": "average"}
        )
        self.mash.standard_price = 4
        order = self.plan()
        self.finish(order)
        lot = order.lot_producing_ids
        self.assertEqual(lot.unit_cost, 1, "5 kg at 4 made 20 tubs")
        self.assertEqual(set(lot.quant_ids.mapped("unit_cost")), {1})


@tagged("post_install", "-at_install")
class TestSales(LinkCase):
    """Hummus that the packer sends straight to whom a sale names."""

    def test_a_sale_says_who_receives_what_a_supplier_sends(self):
        yard = self.make_partner("Market yard", parent_id=self.market.id)
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.market.id,
                "order_line": [Command.create({"product_id": self.hummus.id})],
            }
        )
        lot = self.make_lot(self.hummus, "H-1")
        sent = self.bare_move(lot, 3, self.suppliers, self.customers)
        sent.write({"sale_line_id": sale.order_line.id, "partner_id": self.bistro.id})
        sent._action_done()
        self.assertEqual(sent.move_line_ids.consignee_id, self.market)
        self.env.flush_all()
        sale.partner_shipping_id = yard
        self.assertEqual(sent.move_line_ids.consignee_id, yard)
        self.env.flush_all()
        event = lot.event_ids.filtered(lambda event: event.kind == "correction")
        self.assertEqual(
            (event.old_value, event.new_value),
            (self.market.display_name, yard.display_name),
        )


@tagged("post_install", "-at_install")
class TestRepair(LinkCase):
    """A pump gets another motor."""

    def test_a_repair_links_parts_in_and_out(self):
        pumps = self.make_product("Pump", tracking="serial")
        motors = self.make_product("Motor", tracking="serial")
        pump = self.put_on_hand(self.make_lot(pumps, "FX1"), 1)
        motor = self.put_on_hand(self.make_lot(motors, "CX2"), 1)
        old = self.make_lot(motors, "CX1")
        repair = self.env["repair.order"].create(
            {"product_id": pumps.id, "lot_id": pump.id, "product_qty": 1}
        )
        for kind, lot in (("add", motor), ("remove", old)):
            repair.move_ids = [
                Command.create(
                    {
                        "product_id": motors.id,
                        "product_uom_qty": 1,
                        "repair_line_type": kind,
                    }
                )
            ]
            move = repair.move_ids.filtered(lambda m, k=kind: m.repair_line_type == k)
            move._action_confirm()
            move.move_line_ids.unlink()
            self.add_line(move, lot, 1)
        repair.action_validate()
        repair.action_repair_start()
        repair.move_ids.picked = True
        repair.action_repair_end()
        self.assertEqual(self.links(pump), {"CX2": (1, "repair", "exact")})
        self.assertEqual(self.links(old), {"FX1": (1, "repair", "exact")})
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", pump.id)])
        self.assertEqual(
            (link.document_model, link.document_id), ("repair.order", repair.id)
        )

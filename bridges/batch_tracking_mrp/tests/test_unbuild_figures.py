from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProductionCase


@tagged("post_install", "-at_install")
class TestUnbuildFigures(ProductionCase):
    """Hummus is made, and some of it is taken apart again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["stock.quant"].search([("lot_id", "=", cls.batch.id)]).unlink()
        cls.mash.categ_id = cls.env["product.category"].create(
            {"name": "Fresh", "property_cost_method": "average"}
        )

    def bought(self, name, quantity, price):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.mash.id,
                            "product_qty": quantity,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        order.picking_ids.move_line_ids.write({"lot_name": name, "quantity": quantity})
        self.validate(order.picking_ids)
        return order.picking_ids.move_ids.lot_ids

    def make_and_unbuild(self, quantity):
        order = self.plan()
        lot = self.finish(order)
        self.env["mrp.unbuild"].create(
            {
                "mo_id": order.id,
                "product_id": order.product_id.id,
                "lot_id": lot.id,
                "product_qty": quantity,
                "location_id": self.stock.id,
                "location_dest_id": self.stock.id,
            }
        ).action_unbuild()
        return lot

    def sum_up(self, product):
        today = fields.Date.today()
        simulation = self.env["stock.removal.simulation"].create(
            {
                "date_from": today - timedelta(days=3),
                "date_to": today + timedelta(days=1),
                "product_ids": [Command.set(product.ids)],
            }
        )
        simulation.action_run()
        fifo = simulation.line_ids.filtered(lambda line: line.method == "fifo")
        return fifo.received, fifo.sold, fifo.lost

    def test_what_an_unbuild_gives_back_is_no_new_inflow(self):
        lot = self.bought("M-7", 10, 4)
        self.assertEqual(lot.unit_cost, 4)
        self.bought("M-8", 10, 8)
        self.make_and_unbuild(8)
        self.assertEqual(lot.unit_cost, 4)
        lot.unit_cost = 0
        self.assertEqual(lot.unit_cost, 4, "found again")

    def test_an_unbuild_is_neither_sold_nor_received(self):
        self.bought("M-7", 10, 4)
        lot = self.make_and_unbuild(8)
        self.deliver(self.hummus, 12, self.market, lot=lot)
        self.assertEqual(self.sum_up(self.hummus), (20, 12, 0))
        self.assertEqual(self.sum_up(self.mash), (10, 3, 0), "5 used, 2 came back")

from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.batch_tracking.tests.disposition.disposition_paths import (
    HoldCase,
    holds,
    path,
)
from odoo.addons.batch_tracking.tools.movement import CONSUME, DELIVER, PURPOSES, RETURN

PATHS = {}


@path(PATHS, CONSUME)
def reserving_for_an_order(case):
    order = case.planned()
    order.do_unreserve()
    yield
    order.action_assign()


@path(PATHS, CONSUME)
def producing(case):
    order = case.planned()
    order.do_unreserve()
    yield
    order.lot_producing_ids = case.number_lot(order.product_id)
    order.qty_producing = 1
    case.env["stock.move.line"].create(
        {
            "move_id": order.move_raw_ids.id,
            "product_id": case.hummus.id,
            "lot_id": case.bad.id,
            "quantity": 2,
            "location_id": case.row.id,
            "location_dest_id": order.move_raw_ids.location_dest_id.id,
        }
    )
    order.move_raw_ids.picked = True
    order._post_inventory()


@path(PATHS, PURPOSES)
def consuming_more_in_a_done_order(case):
    order = case.planned()
    case.finish(order)
    yield
    order.move_raw_ids.move_line_ids.filtered("quantity").quantity += 1


@path(PATHS, CONSUME)
def unbuilding(case):
    unbuild = case.env["mrp.unbuild"].create(
        {
            "product_id": case.hummus.id,
            "bom_id": case.unmade.id,
            "product_qty": 1,
            "lot_id": case.bad.id,
            "location_id": case.row.id,
        }
    )
    yield
    unbuild.action_unbuild()


@path(PATHS, CONSUME)
def fitting_it_in_a_repair(case):
    pumps = case.make_product("Pump", tracking="serial")
    pump = case.put_on_hand(case.make_lot(pumps, "FX1"), 1)
    repair = case.env["repair.order"].create(
        {"product_id": pumps.id, "lot_id": pump.id, "product_qty": 1}
    )
    repair.move_ids = [
        Command.create(
            {
                "product_id": case.hummus.id,
                "product_uom_qty": 1,
                "repair_line_type": "add",
            }
        )
    ]
    repair.action_validate()
    repair.move_ids._do_unreserve()
    yield
    case.env["stock.move.line"].create(
        {
            "move_id": repair.move_ids.id,
            "product_id": case.hummus.id,
            "lot_id": case.bad.id,
            "quantity": 1,
            "location_id": case.row.id,
            "location_dest_id": repair.move_ids.location_dest_id.id,
        }
    )
    repair.action_repair_start()
    repair.move_ids.picked = True
    repair.action_repair_end()


@path(PATHS, DELIVER)
def confirming_a_sale(case):
    sale = case.env["sale.order"].create(
        {
            "partner_id": case.market.id,
            "order_line": [
                Command.create({"product_id": case.hummus.id, "product_uom_qty": 3})
            ],
        }
    )
    yield
    sale.action_confirm()
    sale.picking_ids.action_assign()


@path(PATHS, RETURN)
def sending_a_purchase_back(case):
    purchase = case.env["purchase.order"].create(
        {
            "partner_id": case.supplier.id,
            "order_line": [
                Command.create(
                    {"product_id": case.hummus.id, "product_qty": 2, "price_unit": 1}
                )
            ],
        }
    )
    purchase.button_confirm()
    receipt = purchase.picking_ids
    receipt.move_ids.move_line_ids.write(
        {"lot_id": case.bad.id, "quantity": 2, "location_dest_id": case.row.id}
    )
    case.validate(receipt)
    wizard = case.env["stock.return.picking"].with_context(
        active_id=receipt.id, active_model="stock.picking"
    )
    wizard = wizard.create({"picking_id": receipt.id})
    wizard.product_return_moves.quantity = 1
    yield
    wizard._create_return().action_assign()


@holds(PATHS)
@tagged("post_install", "-at_install")
class TestHoldPathsOfOtherApps(HoldCase):
    """What manufacturing, repairs, sales and purchases do with held batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box = cls.make_product("Box of hummus")
        cls.water = cls.make_product("Water", tracking="none")
        cls.bom, cls.unmade = cls.env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": made.product_tmpl_id.id,
                    "product_qty": 1,
                    "bom_line_ids": [
                        Command.create({"product_id": used.id, "product_qty": 2})
                    ],
                }
                for made, used in ((cls.box, cls.hummus), (cls.hummus, cls.water))
            ]
        )

    def planned(self):
        """Return an order that needs two pots."""
        form = Form(self.env["mrp.production"])
        form.product_id = self.box
        form.bom_id = self.bom
        order = form.save()
        order.action_confirm()
        order.action_assign()
        return order

    def finish(self, order):
        order.lot_producing_ids = self.number_lot(order.product_id)
        order.qty_producing = 1
        order.set_qty_producing()
        order.move_raw_ids.picked = True
        order.button_mark_done()

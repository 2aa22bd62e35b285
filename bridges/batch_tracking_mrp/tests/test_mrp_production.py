from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.common import KitchenCase


@tagged("post_install", "-at_install")
class TestProduction(KitchenCase):
    """Hummus is made by manufacturing orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.lot_sequence_id = cls.env.ref(
            "batch_tracking.ir_sequence_product_day_batch"
        )
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.hummus.product_tmpl_id.id,
                "product_qty": 20,
                "bom_line_ids": [
                    Command.create({"product_id": cls.mash.id, "product_qty": 5})
                ],
            }
        )
        cls.batch = cls.put_on_hand(cls.make_lot(cls.mash, "M-1"), 100)

    def plan(self, start, quantity=20):
        order = self.env["mrp.production"].create(
            {
                "product_id": self.hummus.id,
                "product_qty": quantity,
                "bom_id": self.bom.id,
                "date_start": start,
            }
        )
        order.action_confirm()
        order.action_assign()
        return order

    def finish(self, order):
        order.qty_producing = order.product_qty
        order.set_qty_producing()
        order.move_raw_ids.picked = True
        order.button_mark_done()
        return order.lot_producing_ids

    def test_the_number_is_of_the_day_it_is_made_where_the_company_is(self):
        order = self.plan(datetime(2021, 10, 21, 3, 30))  # 20 October in New York
        order.action_generate_serial()
        lot = self.finish(order)
        self.assertEqual(lot.name, "01-2129301")
        self.assertEqual(str(lot.production_date), "2021-10-20")

    def test_a_recall_begins_with_what_an_order_made(self):
        lot = self.finish(order := self.plan(datetime(2021, 10, 20, 15)))
        recaller = self.user("recaller", "batch_tracking.group_recall_manager")
        action = order.with_user(recaller).action_recall()
        self.assertEqual(action["res_model"], "stock.lot.recall")
        self.assertEqual(action["context"]["default_lot_ids"], lot.ids)

    def test_closing_an_order_numbers_it_too(self):
        lot = self.finish(self.plan(datetime(2021, 10, 20, 15)))
        self.assertEqual(lot.name, "01-2129301")

    def test_the_number_speaks_of_the_place(self):
        sequence = self.hummus.lot_sequence_id
        sequence.batch_pattern = "{warehouse}-{operation}-{yy}{doy}{seq:2}"
        lot = self.finish(self.plan(datetime(2021, 10, 20, 15)))
        self.assertEqual(lot.name, "WH-MO-2129301")

    @freeze_time("2021-11-01")
    def test_shelf_life_starts_on_the_day_it_is_made(self):
        lot = self.finish(self.plan(datetime(2021, 10, 20, 15)))
        self.assertEqual(lot.expiration_date, datetime(2021, 12, 20, 4, 59, 59))

    def test_it_is_linked_to_what_went_in(self):
        lot = self.finish(self.plan(datetime(2021, 10, 20, 15)))
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", lot.id)])
        self.assertEqual(link.parent_lot_id, self.batch)
        self.assertEqual((link.parent_quantity, link.child_quantity), (5, 20))
        self.assertEqual(link.attribution, "exact")

    def test_a_held_ingredient_is_not_reserved_nor_used(self):
        self.batch._set_disposition(self.disposition("hold"), "Smells odd")
        order = self.plan(datetime(2021, 10, 20, 15))
        self.assertFalse(order.move_raw_ids.move_line_ids.lot_id)
        self.batch._set_disposition(self.disposition("released"), "Fine")
        order.action_assign()
        order.qty_producing = 20
        order.set_qty_producing()
        self.batch._set_disposition(self.disposition("hold"), "Odd after all")
        self.assertNotIn(self.batch, order.move_raw_ids.move_line_ids.lot_id)
        with self.assertRaisesRegex(UserError, "M-1.*Use in production"):
            self.add_line(order.move_raw_ids, self.batch, 5)

    def test_serial_numbers_in_bulk_follow_the_pattern(self):
        self.hummus.tracking = "serial"
        order = self.plan(datetime(2021, 10, 20, 15), quantity=3)
        wizard = self.env["mrp.production.serials"].create({"production_id": order.id})
        self.assertEqual(wizard.lot_name, "01-2129301")
        wizard.action_generate_serial_numbers()
        self.assertEqual(
            wizard.serial_numbers.split(), ["01-2129301", "01-2129302", "01-2129303"]
        )
        wizard.action_apply()
        lots = order.lot_producing_ids
        self.assertEqual(len(lots), 3)
        self.assertEqual(
            {str(day) for day in lots.mapped("production_date")}, {"2021-10-20"}
        )

    def test_a_by_product_is_numbered_too(self):
        whey = self.make_product(
            "Aquafaba", batch_code="AQ", lot_sequence_id=self.hummus.lot_sequence_id.id
        )
        self.env["mrp.bom.byproduct"].create(
            {"bom_id": self.bom.id, "product_id": whey.id, "product_qty": 2}
        )
        self.warehouse.manu_type_id.batch_number_lots = True
        with freeze_time("2021-10-20 15:00:00"):
            order = self.plan(datetime(2021, 10, 20, 15))
            order.action_generate_serial()
            order.qty_producing = order.product_qty
            order.set_qty_producing()
            order.move_byproduct_ids.quantity = 2
            order.move_byproduct_ids.picked = True
            self.finish(order)
        self.assertEqual(order.state, "done")
        lot = order.move_byproduct_ids.move_line_ids.lot_id
        self.assertEqual(lot.name, "AQ-2129301")

    def test_a_lot_keeps_where_it_was_made(self):
        order = self.plan(datetime(2021, 10, 20, 15))
        order.action_generate_serial()
        lot = self.finish(order)
        self.assertEqual(lot.production_warehouse_id, self.warehouse)
        self.assertEqual(lot.material_ids.parent_lot_id, self.batch)

    def test_the_line_is_part_of_the_number(self):
        self.hummus.lot_sequence_id.batch_pattern = "{yy}{doy}{line}-{seq:1}"
        center = self.env["mrp.workcenter"].create({"name": "Filler", "code": "F2"})
        self.env["mrp.routing.workcenter"].create(
            {"name": "Fill", "bom_id": self.bom.id, "workcenter_id": center.id}
        )
        order = self.plan(datetime(2021, 10, 20, 15))
        order.action_generate_serial()
        self.assertEqual(order.lot_producing_ids.name, "21293F2-1")
        self.assertEqual(order.lot_producing_ids.production_line, "F2")

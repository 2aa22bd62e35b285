from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.tests.common import KitchenCase

#: Noon of 24 November in New York.
TODAY = "2026-11-24 17:00:00"


@tagged("post_install", "-at_install")
class TestProductionDay(KitchenCase):
    """A batch is of the day on which it is made, and not of the plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.ref("batch_tracking.ir_sequence_product_day_batch")
        cls.hummus.lot_sequence_id = cls.sequence
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

    def plan(self, start=None, **values):
        order = self.env["mrp.production"].create(
            {
                "product_id": self.hummus.id,
                "product_qty": 20,
                "bom_id": self.bom.id,
                **({"date_start": start} if start else {}),
                **values,
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

    def assert_made(self, lot, day, number):
        self.assertEqual(str(lot.production_date), day)
        self.assertEqual(lot.name, number)
        made = datetime.fromisoformat(day)
        ends = made + timedelta(days=61, hours=5, seconds=-1)  # of a winter's day
        self.assertEqual(lot.expiration_date, ends)

    @freeze_time(TODAY)
    def test_made_before_it_was_planned(self):
        lot = self.finish(self.plan("2026-11-29 15:00:00"))
        self.assert_made(lot, "2026-11-24", "01-2632801")

    @freeze_time(TODAY)
    def test_numbered_for_the_plan_and_made_before(self):
        order = self.plan("2026-11-29 15:00:00")
        order.action_generate_serial()
        self.assert_made(order.lot_producing_ids, "2026-11-29", "01-2633301")
        lot = self.finish(order)
        self.assert_made(lot, "2026-11-24", "01-2632801")
        reasons = set(lot.event_ids.mapped("reason"))
        self.assertIn("Its order is made on another day.", reasons)

    def test_made_after_it_was_planned(self):
        with freeze_time(TODAY):
            order = self.plan("2026-11-24 17:00:00")
            order.action_generate_serial()
        with freeze_time("2026-11-26 17:00:00"):
            lot = self.finish(order)
        self.assert_made(lot, "2026-11-26", "01-2633001")

    @freeze_time(TODAY)
    def test_number_and_dates_follow_when_the_order_moves(self):
        order = self.plan("2026-11-29 15:00:00")
        order.action_generate_serial()
        order.date_start = "2026-11-30 15:00:00"
        self.assert_made(order.lot_producing_ids, "2026-11-30", "01-2633401")

    @freeze_time(TODAY)
    def test_what_somebody_typed_stays(self):
        order = self.plan("2026-11-29 15:00:00")
        order.action_generate_serial()
        lot = order.lot_producing_ids
        lot.name = "MINE"
        lot.expiration_date = "2027-01-01"
        order.date_start = "2026-11-30 15:00:00"
        self.assertEqual((lot.name, str(lot.production_date)), ("MINE", "2026-11-30"))
        self.assertEqual(lot.expiration_date, datetime(2027, 1, 1))
        lot.production_date = "2026-11-22"
        self.finish(order)
        self.assertEqual(str(lot.production_date), "2026-11-22")

    @freeze_time(TODAY)
    def test_what_is_entered_late_is_of_the_day_that_is_typed(self):
        lot = self.finish(self.plan("2026-11-20 17:00:00"))
        self.assert_made(lot, "2026-11-20", "01-2632401")

    def test_an_order_that_is_late_by_odoos_plan_is_made_when_it_is_made(self):
        with freeze_time(TODAY):
            order = self.plan("2026-11-20 17:00:00", has_begun=False)
            lot = self.finish(order)
        self.assert_made(lot, "2026-11-24", "01-2632801")

    def test_a_work_order_tells_when_it_began(self):
        center = self.env["mrp.workcenter"].create({"name": "Filler"})
        self.env["mrp.routing.workcenter"].create(
            {"name": "Fill", "bom_id": self.bom.id, "workcenter_id": center.id}
        )
        with freeze_time(TODAY):
            order = self.plan("2026-11-29 15:00:00")
            order.workorder_ids.button_start()
        with freeze_time("2026-11-25 17:00:00"):
            lot = self.finish(order)
        self.assert_made(lot, "2026-11-24", "01-2632801")

    @freeze_time(TODAY)
    def test_a_typed_batch_learns_its_day(self):
        order = self.plan("2026-11-29 15:00:00")
        order.lot_producing_ids = [
            Command.create({"product_id": self.hummus.id, "name": "MINE"})
        ]
        lot = self.finish(order)
        self.assertEqual(str(lot.production_date), "2026-11-24")
        self.assertEqual(lot.production_warehouse_id, self.warehouse)

    def finish_with(self, **values):
        """Finish an order with a batch that was created by hand before."""
        order = self.plan()
        lot = self.make_lot(self.hummus, "MINE", **values)
        order.lot_producing_ids = lot
        self.assertEqual(self.finish(order), lot)
        return lot

    def test_a_batch_created_by_hand_expires_at_the_end_of_its_last_day(self):
        lot = self.finish_with()
        self.assertEqual(lot.expiration_date, lot._end_of_life(lot.production_date))

    def test_so_does_one_whose_form_was_open_for_a_while(self):
        opened = datetime.now().replace(microsecond=0) - timedelta(minutes=40)
        lot = self.finish_with(expiration_date=opened + timedelta(days=60))
        self.assertEqual(lot.expiration_date, lot._end_of_life(lot.production_date))

    def test_an_expiration_set_by_hand_stays(self):
        said = datetime.now().replace(microsecond=0) + timedelta(days=45)
        self.assertEqual(self.finish_with(expiration_date=said).expiration_date, said)

    @freeze_time(TODAY)
    def test_serial_numbers_follow_as_well(self):
        self.hummus.tracking = "serial"
        order = self.plan("2026-11-29 15:00:00", product_qty=3)
        wizard = self.env["mrp.production.serials"].create({"production_id": order.id})
        wizard.action_generate_serial_numbers()
        wizard.action_apply()
        lots = self.finish(order).sorted("name")
        for number, lot in enumerate(lots, 1):
            self.assert_made(lot, "2026-11-24", f"01-263280{number}")

    @freeze_time(TODAY)
    def test_a_by_product_is_of_the_same_day(self):
        whey = self.make_product(
            "Aquafaba", batch_code="AQ", shelf_life=60, lot_sequence_id=self.sequence.id
        )
        self.env["mrp.bom.byproduct"].create(
            {"bom_id": self.bom.id, "product_id": whey.id, "product_qty": 2}
        )
        self.warehouse.manu_type_id.batch_number_lots = True
        order = self.plan("2026-11-29 15:00:00")
        order.action_generate_serial()
        order.qty_producing = order.product_qty
        order.set_qty_producing()
        order.move_byproduct_ids.quantity = 2
        order.move_byproduct_ids.picked = True
        self.finish(order)
        lot = order.move_byproduct_ids.move_line_ids.lot_id
        self.assert_made(lot, "2026-11-24", "AQ-2632801")

    @freeze_time("2026-11-25 03:00:00")
    def test_the_evening_is_of_its_own_day(self):
        self.assert_made(self.finish(self.plan()), "2026-11-24", "01-2632801")

    @freeze_time(TODAY)
    def test_another_company_makes_it_on_its_own_day(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        lot = self.finish(self.plan())
        self.assertEqual(
            (str(lot.production_date), lot.name), ("2026-11-25", "01-2632901")
        )
        self.assertEqual(lot.expiration_date, datetime(2027, 1, 24, 10, 59, 59))

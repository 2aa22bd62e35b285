from datetime import date, datetime, timedelta

import pytz
from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from ..common import KitchenCase

#: Nine in the morning of 10 June in New York.
TODAY = "2026-06-10 13:00:00"
#: The end of 19 June there: 30 days after 20 May. And of 10 July.
OF_MAY, OF_JUNE = datetime(2026, 6, 20, 3, 59, 59), datetime(2026, 7, 11, 3, 59, 59)
DAY = timedelta(days=1)
DATES = ("expiration_date", "use_date", "removal_date", "alert_date")


@tagged("post_install", "-at_install")
class TestReceivedLife(KitchenCase):
    """Shelf life counts from the day it was made, or else from the day it came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salsa = cls.make_product(
            "Salsa", shelf_life=30, use_time=5, removal_time=3, alert_time=7
        )

    def plan(self, begin=None):
        """Return the move of a receipt that is planned, its line without a number."""
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, self.supplier
        )
        if begin:
            picking.scheduled_date = begin
        move = self.add_move(picking, self.salsa, 5)
        if begin:
            move.date = begin
        picking.action_confirm()
        return move

    def arrive(self, move, **values):
        move.move_line_ids.write({"lot_name": "S-1", "quantity": 5, **values})
        self.validate(move.picking_id)
        return move.lot_ids

    @freeze_time(TODAY)
    def test_it_counts_from_the_day_it_was_made(self):
        lot = self.arrive(self.plan(), production_date="2026-05-20")
        self.assertEqual(lot.expiration_date, OF_MAY)
        distances = [lot.expiration_date - lot[name] for name in DATES[1:]]
        self.assertEqual(distances, [5 * DAY, 3 * DAY, 7 * DAY])

    @freeze_time(TODAY)
    def test_dates_follow_when_that_day_is_corrected(self):
        lot = self.arrive(self.plan(), production_date="2026-05-20")
        before = [lot[name] for name in DATES]
        lot.production_date = "2026-05-22"
        self.assertEqual([lot[n] for n in DATES], [each + 2 * DAY for each in before])

    @freeze_time(TODAY)
    def test_the_line_shows_it_at_once_each_time_the_day_is_typed(self):
        move = self.plan()
        form = Form(move, view="stock.view_stock_move_operations")
        with form.move_line_ids.edit(0) as line:
            line.lot_name = "S-1"
            line.production_date = date(2026, 5, 18)
            self.assertEqual(line.expiration_date, OF_MAY - 2 * DAY)
            line.production_date = date(2026, 5, 20)
            self.assertEqual(line.expiration_date, OF_MAY)
        form.save()
        with form.move_line_ids.edit(0) as line:
            line.production_date = date(2026, 5, 21)
        form.save()
        self.validate(move.picking_id)
        self.assertEqual(move.lot_ids.expiration_date, OF_MAY + DAY)

    @freeze_time(TODAY)
    def test_without_that_day_it_counts_from_the_day_it_came(self):
        for days in (5, -5, 0):
            with self.subTest(days=days):
                begin = fields.Datetime.now() + days * DAY
                lot = self.arrive(self.plan(begin), lot_name=f"S-{days}")
                self.assertEqual(lot.expiration_date, OF_JUNE)

    def test_a_receipt_that_is_planned_anew_says_nothing(self):
        with freeze_time("2026-06-08 13:00:00"):
            move = self.plan(datetime(2026, 6, 9, 13))
            move.date = datetime(2026, 6, 25, 13)
            self.assertEqual(move.picking_id.scheduled_date, move.date)
        with freeze_time(TODAY):
            self.assertEqual(self.arrive(move).expiration_date, OF_JUNE)

    @freeze_time(TODAY)
    def test_a_generated_series_counts_from_the_day_it_came(self):
        move = self.plan(datetime(2026, 6, 15, 13))
        context = {
            "default_product_id": self.salsa.id,
            "default_picking_id": move.picking_id.id,
            "default_location_dest_id": self.stock.id,
            "default_location_id": self.suppliers.id,
            "default_tracking": "lot",
            "default_quantity": 5,
            "default_picking_type_id": move.picking_type_id.id,
        }
        [values] = move.action_generate_lot_line_vals(
            context, "generate", "SER-1", 5, ""
        )
        given = {name: values[name] for name in ("lot_name", "expiration_date")}
        self.assertEqual(given["expiration_date"], datetime(2026, 7, 15, 13))
        move.move_line_ids.unlink()
        line = {"move_id": move.id, "picking_id": move.picking_id.id, "quantity": 5}
        line["product_id"] = self.salsa.id
        self.env["stock.move.line"].create({**line, **given})
        self.validate(move.picking_id)
        self.assertEqual(move.lot_ids.expiration_date, OF_JUNE)

    @freeze_time(TODAY)
    def test_a_date_that_somebody_said_stays(self):
        said = datetime(2026, 6, 30, 12)
        for number, made in (("S-1", False), ("S-2", "2026-05-20")):
            lot = self.arrive(
                self.plan(),
                lot_name=number,
                expiration_date=said,
                production_date=made,
            )
            self.assertEqual(lot.expiration_date, said)
        lot.production_date = "2026-05-25"
        self.assertEqual(lot.expiration_date, said)

    @freeze_time(TODAY)
    def test_a_date_typed_after_the_day_it_was_made_stays(self):
        move = self.plan()
        said = datetime(2026, 6, 30, 12)
        with (
            Form(move, view="stock.view_stock_move_operations") as form,
            form.move_line_ids.edit(0) as line,
        ):
            line.lot_name = "S-1"
            line.production_date = date(2026, 5, 20)
            line.expiration_date = said
            line.production_date = date(2026, 5, 21)
            self.assertEqual(line.expiration_date, said)
        self.validate(move.picking_id)
        self.assertEqual(move.lot_ids.expiration_date, said)

    @freeze_time(TODAY)
    def test_the_day_is_that_of_the_company(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        lot = self.arrive(self.plan(), production_date="2026-05-20")
        end = pytz.utc.localize(lot.expiration_date)
        local = end.astimezone(pytz.timezone("Pacific/Auckland"))
        self.assertEqual(local.replace(tzinfo=None), datetime(2026, 6, 19, 23, 59, 59))

    @freeze_time(TODAY)
    def test_the_number_says_the_day_that_the_batch_says(self):
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        sequence.batch_pattern = "{exp_yyyy}{exp_mm}{exp_dd}-{seq:1}"
        self.salsa.lot_sequence_id = sequence
        self.warehouse.in_type_id.batch_number_lots = True
        move = self.plan(datetime(2026, 6, 15, 13))
        lot = self.arrive(move, lot_name=False, production_date="2026-05-20")
        self.assertEqual(lot.name, "20260619-1")

    def test_a_day_that_is_learned_later_moves_the_dates(self):
        lot = self.arrive(self.plan())
        before = [lot[name] for name in DATES]
        made = fields.Datetime.now().date() - 40 * DAY
        lot.production_date = made
        end = lot._end_of_life(made)
        self.assertEqual(lot.expiration_date, end)
        moved = end - before[0]
        self.assertEqual([lot[name] for name in DATES], [day + moved for day in before])

    def test_a_batch_chosen_before_learns_its_day(self):
        lot = self.make_lot(self.salsa, "S-1")
        self.arrive(self.plan(), lot_id=lot.id, production_date="2026-05-20")
        self.assertEqual(lot.expiration_date, OF_MAY)

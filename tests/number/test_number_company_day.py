from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import KitchenCase

#: 24 November in New York, and the 25th in Auckland.
EVENING = "2026-11-24 18:00:00"


@tagged("post_install", "-at_install")
class TestDayOfTheCompany(KitchenCase):
    """A product of all companies is numbered by the day where it is handled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.ref("batch_tracking.ir_sequence_product_day_batch")
        cls.sequence.batch_pattern = "{yy}{mm}{dd}-{exp_yy}{exp_mm}{exp_dd}-{seq:1}"
        cls.hummus.lot_sequence_id = cls.sequence
        cls.sister = cls.env["res.company"].create({"name": "Kai Ltd"})
        cls.sister.partner_id.tz = "Pacific/Auckland"
        cls.env.user.company_ids |= cls.sister
        cls.theirs = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.sister.id)], limit=1
        )

    def receive_into(self, warehouse, **line):
        warehouse.in_type_id.batch_number_lots = True
        picking = self.transfer(
            warehouse.in_type_id,
            self.suppliers,
            warehouse.lot_stock_id,
            self.supplier,
        )
        move = self.env["stock.move"].create(
            {
                "product_id": self.hummus.id,
                "product_uom_qty": 5,
                "picking_id": picking.id,
                "company_id": picking.company_id.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        picking.action_confirm()
        move.move_line_ids.write({"quantity": 5, **line})
        self.validate(picking)
        return move.lot_ids

    @freeze_time(EVENING)
    def test_a_receipt_is_of_the_day_of_its_warehouse(self):
        self.assertEqual(self.receive_into(self.warehouse).name[:6], "261124")
        self.assertEqual(self.receive_into(self.theirs).name[:6], "261125")

    @freeze_time(EVENING)
    def test_a_batch_is_of_the_day_of_its_own_company(self):
        ours = self.number_lot(self.hummus, company_id=self.company.id)
        theirs = self.number_lot(self.hummus, company_id=self.sister.id)
        self.assertEqual(ours.name[:6], "261124")
        self.assertEqual(theirs.name[:6], "261125")

    @freeze_time(EVENING)
    def test_a_series_is_of_the_day_of_its_operation(self):
        for warehouse, day in ((self.warehouse, "261124"), (self.theirs, "261125")):
            context = {
                "default_product_id": self.hummus.id,
                "default_location_dest_id": warehouse.lot_stock_id.id,
                "default_location_id": self.suppliers.id,
                "default_tracking": "lot",
                "default_quantity": 5,
                "default_company_id": warehouse.company_id.id,
                "default_picking_type_id": warehouse.in_type_id.id,
            }
            lines = self.env["stock.move"].action_generate_lot_line_vals(
                context, "generate", "", 5, ""
            )
            self.assertEqual(lines[0]["lot_name"][:6], day)

    @freeze_time(EVENING)
    def test_the_number_that_would_be_next_is_of_that_day_too(self):
        for warehouse, day in ((self.warehouse, "261124"), (self.theirs, "261125")):
            preview = self.hummus.get_batch_preview(warehouse.in_type_id.id)
            self.assertEqual(preview["name"][:6], day)

    @freeze_time(EVENING)
    def test_the_number_says_the_day_that_a_receipt_says(self):
        typed = datetime(2026, 12, 25, 3)  # 24 December in New York
        lot = self.receive_into(self.warehouse, expiration_date=typed)
        self.assertEqual(lot.expiration_date, typed)
        self.assertEqual(lot.name, "261124-261224-1")

    @freeze_time(EVENING)
    def test_the_number_says_the_day_that_a_batch_says(self):
        lot = self.number_lot(self.hummus, expiration_date="2026-12-25 03:00:00")
        self.assertEqual(lot.name, "261124-261224-1")

    @freeze_time("2026-11-25 03:00:00")
    def test_without_a_date_of_its_own_it_says_the_day_of_the_shelf_life(self):
        lot = self.receive_into(self.warehouse)
        local = lot.expiration_date - timedelta(hours=5)
        self.assertEqual(lot.name, f"261124-{local:%y%m%d}-1")

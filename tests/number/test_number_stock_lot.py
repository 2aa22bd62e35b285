from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.number.exceptions import (
    NumberingError,
    NumberTakenError,
    SequenceExhaustedError,
)
from ..common import KitchenCase

OCTOBER_20 = date(2021, 10, 20)


@tagged("post_install", "-at_install")
class TestSeries(KitchenCase):
    """Many numbers at once continue the pattern, wherever they are asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.ref("batch_tracking.ir_sequence_product_day_batch")
        cls.hummus.lot_sequence_id = cls.sequence

    def generate(self, product, quantity, per_lot, first="", **context):
        """Answer the dialog of a receipt, as the web client does."""
        context = {
            "default_product_id": product.id,
            "default_location_dest_id": self.stock.id,
            "default_location_id": self.suppliers.id,
            "default_tracking": product.tracking,
            "default_quantity": quantity,
            "default_company_id": self.company.id,
            "default_picking_type_id": self.warehouse.in_type_id.id,
            **context,
        }
        lines = self.env["stock.move"].action_generate_lot_line_vals(
            context, "generate", first, per_lot, ""
        )
        return [line["lot_name"] or line["lot_id"]["display_name"] for line in lines]

    @freeze_time("2021-10-20 15:00:00")
    def test_generated_lots_continue_the_pattern(self):
        self.assertEqual(
            self.generate(self.hummus, 30, 10),
            ["01-2129301", "01-2129302", "01-2129303"],
        )
        self.assertEqual(self.generate(self.hummus, 5, 5), ["01-2129304"])

    def test_a_number_typed_for_a_product_makes_a_batch(self):
        """As the field of a transfer's line does it: the product is in the context."""
        lots = self.env["stock.lot"].with_context(default_product_id=self.hummus.id)
        lot_id, _name = lots.name_create("NEW-1")
        self.assertEqual(lots.browse(lot_id).product_id, self.hummus)
        with self.assertRaises(NumberTakenError):
            lots.create({"name": "NEW-1"})

    @freeze_time("2021-10-20 15:00:00")
    def test_a_check_character_is_not_counted_on(self):
        self.sequence.batch_pattern = "{product}{yy}{doy}{seq:2}{check:mod37_36}"
        names = self.generate(self.hummus, 3, 1)
        self.assertEqual(names, ["012129301I", "012129302G", "012129303E"])

    @freeze_time("2021-10-20 15:00:00")
    def test_serial_numbers_come_in_bulk(self):
        mixer = self.make_product(
            "Mixer", tracking="serial", batch_code="M", lot_sequence_id=self.sequence.id
        )
        names = self.generate(mixer, 3, 3)
        self.assertEqual(names, ["M-2129301", "M-2129302", "M-2129303"])

    @freeze_time("2021-10-20 15:00:00")
    def test_a_move_numbers_its_serials_by_pattern(self):
        mixer = self.make_product(
            "Mixer", tracking="serial", batch_code="M", lot_sequence_id=self.sequence.id
        )
        receipts = self.warehouse.in_type_id
        picking = self.transfer(receipts, self.suppliers, self.stock, self.supplier)
        move = self.add_move(picking, mixer, 2)
        move._generate_serial_numbers(False, 2)
        names = move.move_line_ids.filtered("lot_name").mapped("lot_name")
        names = names or move.move_line_ids.lot_id.mapped("name")
        self.assertEqual(names, ["M-2129301", "M-2129302"])

    @freeze_time("2021-10-20 15:00:00")
    def test_a_series_may_start_later_and_never_gives_a_number_twice(self):
        self.assertEqual(
            self.generate(self.hummus, 2, 1, "01-2129310"),
            ["01-2129310", "01-2129311"],
        )
        # Given out before, though no lot has it yet: somebody else may be using it.
        self.assertEqual(
            self.generate(self.hummus, 2, 1, "01-2129310"),
            ["01-2129312", "01-2129313"],
        )

    @freeze_time("2021-10-20 15:00:00")
    def test_a_series_may_start_with_a_lot_that_is_there(self):
        first = self.number_lot(self.hummus)
        self.assertEqual(
            self.generate(self.hummus, 2, 1, first.name), [first.name, "01-2129302"]
        )

    def test_a_series_of_another_day_counts_on_that_day(self):
        names = self.generate(self.hummus, 2, 1, "01-2119907")
        self.assertEqual(names, ["01-2119907", "01-2119908"])

    def test_a_number_that_does_not_follow_the_pattern_says_where(self):
        for first, reason in [
            ("01/2129301", "differs from character 3"),
            ("01-21", "ends too early"),
            ("01-2136601", "no such date"),
            ("77-2129301", "differs from character 1"),
        ]:
            with self.assertRaisesRegex(NumberingError, f"{first}.*{reason}"):
                self.generate(self.hummus, 2, 1, first)

    def test_a_plain_product_counts_on_as_ever(self):
        names = self.generate(self.chickpeas, 2, 1, "CP-009")
        self.assertEqual(names, ["CP-009", "CP-010"])

    @freeze_time("2021-10-20 15:00:00")
    def test_a_preview_takes_no_number(self):
        for _look in range(2):
            preview = self.hummus.get_batch_preview()
            self.assertEqual(preview["name"], "01-2129301")
        self.hummus.batch_code = False
        preview = self.hummus.get_batch_preview()
        self.assertEqual(preview["name"], "")
        self.assertIn("no batch code", preview["fault"])
        self.assertFalse(self.chickpeas.get_batch_preview()["pattern"])

    @freeze_time("2021-10-20 15:00:00")
    def test_one_after_the_other_leaves_no_number_out(self):
        numbers = [self.number_lot(self.hummus).name[-2:] for _lot in range(99)]
        self.assertEqual(numbers, [f"{n:02}" for n in range(1, 100)])
        with self.assertRaises(SequenceExhaustedError):
            self.number_lot(self.hummus)

    @freeze_time("2021-10-20 15:00:00")
    def test_a_number_typed_between_two_given_ones_is_skipped(self):
        for _lot in range(17):
            self.number_lot(self.hummus)
        self.make_lot(self.hummus, "01-2129319")
        self.assertEqual(self.number_lot(self.hummus).name, "01-2129318")
        self.assertEqual(self.number_lot(self.hummus).name, "01-2129320")

    @freeze_time("2021-10-20 15:00:00")
    def test_a_day_that_may_widen_goes_on_with_batch_100(self):
        with Form(self.sequence, "batch_tracking.ir_sequence_view_form_batch") as form:
            form.batch_widens = True
        self.assertEqual(self.sequence.batch_pattern, "{product}-{yy}{doy}{seq:2+}")
        self.env["stock.lot.counter"]._take("01-21293{seq}", 0, 98, 99)
        names = self.sequence._next_batch_numbers(self.hummus, OCTOBER_20, 2)
        self.assertEqual(names, ["01-2129399", "01-21293100"])

    def test_a_pattern_that_could_not_be_read_back_cannot_widen(self):
        self.sequence.batch_pattern = "{yy}{doy}{product}{seq:2}"
        with self.assertRaisesRegex(ValidationError, "Nobody could tell"):
            self.sequence.batch_widens = True
            self.sequence.flush_recordset()

    def test_the_night_belongs_to_the_day_before(self):
        self.company.batch_day_start = 6
        with freeze_time("2021-10-21 09:30:00"):  # 05:30 in New York
            self.assertEqual(self.number_lot(self.hummus).name, "01-2129301")
        with freeze_time("2021-10-21 10:00:00"):
            self.assertEqual(self.number_lot(self.hummus).name, "01-2129401")

    @freeze_time("2021-10-20 15:00:00")
    def test_a_receipts_number_tells_where(self):
        self.sequence.batch_pattern = "{warehouse}/{operation}/{yy}{doy}-{seq:1}"
        self.warehouse.in_type_id.batch_number_lots = True
        place = f"{self.warehouse.code}/{self.warehouse.in_type_id.sequence_code}"
        self.assertEqual(self.generate(self.hummus, 1, 1), [f"{place}/21293-1"])
        lot = self.receive(self.hummus, False, 5)
        self.assertEqual(lot.name, f"{place}/21293-2")

    def test_a_number_tells_the_properties_of_its_lot(self):
        self.sequence.batch_pattern = "{yy}{doy}-{line}-{property:Shift}{seq:2}"
        self.hummus.lot_properties_definition = [
            {
                "name": "shift",
                "string": "Shift",
                "type": "selection",
                "selection": [["d", "Day"], ["n", "Night"]],
                "default": "d",
            }
        ]
        lots = self.env["stock.lot"].create(
            [
                {
                    "product_id": self.hummus.id,
                    "production_date": OCTOBER_20,
                    "production_line": "B",
                    "lot_properties": properties,
                }
                for properties in ({"shift": "n"}, {"shift": "d"}, {"shift": "n"})
            ]
        )
        self.assertEqual(
            lots.mapped("name"), ["21293-B-Night01", "21293-B-Day01", "21293-B-Night02"]
        )
        names = self.sequence._next_batch_numbers(
            self.hummus, OCTOBER_20, 1, codes={"line": "B"}
        )
        self.assertEqual(names, ["21293-B-Day02"])


@tagged("post_install", "-at_install")
class TestReadability(KitchenCase):
    """Numbers are read by people and scanners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env["ir.sequence"].create(
            {"name": "Long", "batch_pattern": "LOT {product} of {yyyy}-{seq:9}"}
        )

    def test_a_product_with_a_gtin_keeps_to_gs1(self):
        self.hummus.write(
            {"barcode": "4006381333931", "lot_sequence_id": self.sequence.id}
        )
        with self.assertRaisesRegex(UserError, "has a GTIN.*LOT 01 of"):
            self.number_lot(self.hummus)
        with self.assertRaisesRegex(ValidationError, "has a GTIN.*MY LOT"):
            self.make_lot(self.hummus, "MY LOT")
        self.make_lot(self.hummus, "MY-LOT")

    def test_others_are_warned_where_the_pattern_is_designed(self):
        self.assertIn("do not fit a GS1 barcode", self.sequence.batch_warning)
        self.hummus.write({"barcode": "SHELF-7", "lot_sequence_id": self.sequence.id})
        self.assertRegex(self.number_lot(self.hummus).name, r"^LOT 01 of \d{4}-0{8}1$")

    def test_a_product_without_pattern_is_numbered_as_ever(self):
        self.chickpeas.barcode = "4006381333931"
        self.assertFalse(self.chickpeas._batch_sequence())
        name = "ANY LOT WHATSOEVER, EVEN A LONG ONE"
        self.assertEqual(self.make_lot(self.chickpeas, name).name, name)

    def test_look_alikes_warn_before_they_are_saved(self):
        self.make_lot(self.chickpeas, "LO-10")
        lots = self.env["stock.lot"].with_context(display_complete=True)
        for typed in ("lo-10", "L0-1O", "LO - 10"):
            lot = lots.new({"product_id": self.chickpeas.id, "name": typed})
            warning = lot._onchange_name_look_alike()["warning"]
            self.assertIn("LO-10", warning["message"])
        for typed in ("LO-11", "LO-10"):
            lot = lots.new({"product_id": self.chickpeas.id, "name": typed})
            self.assertIsNone(lot._onchange_name_look_alike())
        other = lots.new({"product_id": self.mash.id, "name": "lo-10"})
        self.assertIsNone(other._onchange_name_look_alike())

    def test_a_receipt_warns_as_well(self):
        self.make_lot(self.chickpeas, "LO-10")
        line = self.env["stock.move.line"].new(
            {"product_id": self.chickpeas.id, "lot_name": "l0-10"}
        )
        warning = line._onchange_lot_name_look_alike()["warning"]
        self.assertIn("LO-10", warning["message"])

    def test_the_form_reads_numbers_back(self):
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        form = Form(sequence, "batch_tracking.ir_sequence_view_form_batch")
        form.batch_trial = "01-2129304"
        self.assertRegex(
            form.batch_trial_meaning, r"product 01 · made .*2021.* · batch 4"
        )
        form.batch_trial = "01-2136604"
        self.assertEqual(form.batch_trial_meaning, "There is no such date.")
        form.batch_pattern = "{lot}{seq:2}"
        self.assertIn("character 2", form.batch_fault)

    def test_ready_patterns_are_sound(self):
        gallery = self.env["ir.sequence"].get_batch_gallery()
        self.assertEqual(len(gallery), 5)
        for ready in gallery:
            self.assertTrue(ready["example"], ready["pattern"])

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.number.exceptions import (
    NumberingError,
    NumberTakenError,
    PatternError,
    SequenceExhaustedError,
)
from ...tools.number import grammar
from .sequence_case import SequenceCase

OCTOBER_20 = date(2021, 10, 20)


@tagged("post_install", "-at_install")
class TestBatchSequence(SequenceCase):
    """Hummus numbers itself by flavour, day and batch of the day."""

    def test_batches_of_a_day_count_up(self):
        numbers = [self.number(self.hummus) for _batch in range(4)]
        self.assertEqual(numbers[0], "01-2129301")
        self.assertEqual(numbers[3], "01-2129304")

    def test_each_product_counts_for_itself(self):
        self.number(self.hummus, date(2022, 6, 10))
        self.assertEqual(self.number(self.beet, date(2022, 6, 10)), "03-2216101")

    def test_each_day_starts_anew_and_late_entries_take_their_own_day(self):
        self.assertEqual(self.number(self.hummus), "01-2129301")
        self.assertEqual(self.number(self.hummus, date(2021, 10, 21)), "01-2129401")
        self.assertEqual(self.number(self.hummus), "01-2129302")

    def test_lots_created_together_are_numbered_in_order(self):
        values = {"product_id": self.hummus.id, "production_date": OCTOBER_20}
        lots = self.env["stock.lot"].create([dict(values) for _lot in range(3)])
        self.assertEqual(
            lots.mapped("name"), ["01-2129301", "01-2129302", "01-2129303"]
        )

    def test_a_number_that_was_typed_is_not_given_again(self):
        self.make_lot(self.hummus, "01-2129301")
        self.assertEqual(self.number(self.hummus), "01-2129302")

    def test_a_number_that_is_typed_leaves_the_block_that_was_taken(self):
        """A transaction that draws many numbers takes several at once."""
        for _draw in range(17):
            self.number(self.hummus)
        last = self.env["stock.lot.counter"]._last("01-21293{seq}", 0)
        self.assertEqual(last, 18, "17 are given, and one more is taken")
        self.make_lot(self.hummus, "01-2129318")
        self.assertEqual(self.number(self.hummus), "01-2129319")

    def test_beyond_the_limit_nothing_is_taken(self):
        counter = self.env["stock.lot.counter"]
        self.assertIsNone(counter._take("S-{seq}", 0, 100, 99))
        self.assertIsNone(counter._take("S-{seq}", 0, 1, 99, above=99))
        self.assertEqual(counter._last("S-{seq}", 0), 0)
        self.assertEqual(counter._take("S-{seq}", 0, 99, 99), 1)
        self.assertIsNone(counter._take("S-{seq}", 0, 1, 99))
        self.assertEqual(counter._last("S-{seq}", 0), 99)

    def test_a_number_is_refused_a_second_time(self):
        lot = self.make_lot(self.hummus, "H-1")
        other = self.make_lot(self.hummus, "H-2")
        with self.assertRaisesRegex(NumberTakenError, "a batch H-1 of Hummus already"):
            self.make_lot(self.hummus, "H-1", company_id=self.company.id)
        with self.assertRaises(NumberTakenError) as refused:
            other.name = "H-1"
        self.assertEqual(refused.exception.product, self.hummus)
        self.assertEqual(refused.exception.number, "H-1")
        with self.assertRaises(NumberTakenError):
            (lot | other).name = "H-9"
        self.make_lot(self.mash, "H-1")

    def test_a_deleted_number_is_not_given_again(self):
        self.number_lot(self.hummus, production_date=OCTOBER_20).unlink()
        self.assertEqual(self.number(self.hummus), "01-2129302")

    def test_the_day_is_the_companys(self):
        # 20 October in New York, 21 October in Greenwich
        with freeze_time("2021-10-21 03:30:00"):
            self.assertEqual(self.number_lot(self.hummus).name, "01-2129301")

    def test_a_used_up_day_is_refused_and_says_so(self):
        self.env["stock.lot.counter"]._take("01-21293{seq}", 0, 98, 99)
        self.assertEqual(self.number(self.hummus), "01-2129399")
        with self.assertRaisesRegex(SequenceExhaustedError, "used up.*batch 99") as end:
            self.number(self.hummus)
        self.assertEqual(end.exception.product, self.hummus)

    def test_a_product_without_its_code_is_named(self):
        nameless = self.make_product("Olive", lot_sequence_id=self.sequence.id)
        with self.assertRaisesRegex(NumberingError, "Olive has no batch code") as lack:
            self.number(nameless)
        self.assertEqual(lack.exception.reason, grammar.CODE_MISSING)
        self.assertEqual(lack.exception.detail, "product")

    def test_core_code_that_names_no_product_is_told_why(self):
        with self.assertRaisesRegex(NumberingError, "Several products") as refused:
            self.sequence.next_by_id()
        self.assertGreater(len(refused.exception.product), 1)

    def test_a_bad_pattern_is_refused_where_it_is_typed(self):
        with self.assertRaisesRegex(PatternError, "character 2.*“lot”") as refused:
            self.sequence.batch_pattern = "{lot}{seq:2}"
        error = refused.exception
        self.assertEqual((error.reason, error.position), (grammar.UNKNOWN_FIELD, 1))

    def test_a_code_that_could_not_be_read_back_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "0-1"):
            self.hummus.batch_code = "0-1"

    def test_every_field_that_is_offered_is_one(self):
        for part in self.sequence.get_batch_fields():
            with self.subTest(part=part):
                pattern = part["field"]
                if not pattern.startswith("{seq"):
                    pattern = f"{{seq:2}}{pattern}"
                self.assertTrue(part["hint"])
                self.sequence.batch_pattern = pattern

    def test_looking_takes_no_number(self):
        with freeze_time("2021-10-20 15:00:00"):
            self.hummus.invalidate_recordset()
            self.assertEqual(self.hummus.next_serial, "01-2129301")
            self.assertEqual(self.sequence.batch_example, "01-2129301")
            self.assertEqual(self.number_lot(self.hummus).name, "01-2129301")

    @freeze_time("2021-10-20 15:00:00")
    def test_an_open_form_takes_no_number(self):
        self.make_lot(self.hummus, "01-2129301")
        lots = self.env["stock.lot"].with_context(display_complete=True)
        for _look in range(3):
            form = Form(lots)
            form.product_id = self.hummus
            self.assertEqual(form.name, "01-2129302")
        form.save()
        self.assertEqual(self.number_lot(self.hummus).name, "01-2129303")

    def test_what_a_client_sends_numbers_nothing(self):
        """Only our own code knows which lot is numbered, and that it is saved."""
        plain = self.env["ir.sequence"].create({"name": "Plain", "prefix": "P"})
        counted = self.env["stock.lot.counter"].search_count([])
        known = {"product_id": self.hummus.id, "takes_numbers": True}
        for value in (True, "True", [self.hummus.id], known, self.hummus.id):
            context = {
                "batch_numbering": value,
                "batch_lots_saved": value,
                "batch_product_id": self.hummus.id,
                "batch_codes": value,
                "active_picking_id": value if value != self.hummus.id else True,
            }
            with self.subTest(value):
                self.assertRegex(plain.with_context(**context).next_by_id(), r"^P\d+$")
                lots = self.env["stock.lot"].with_context(**context)
                self.assertTrue(lots.new({"product_id": self.hummus.id}).name)
                names = lots.generate_lot_names("A-1", 2)
                self.assertEqual([name["lot_name"] for name in names], ["A-1", "A-2"])
        self.assertEqual(self.env["stock.lot.counter"].search_count([]), counted)

    def test_a_number_tells_no_warehouse_of_another_company(self):
        self.sequence.batch_pattern = "{warehouse}-{seq:3}"
        other = self.env["res.company"].create({"name": "Other kitchen"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        clerk = self.user("clerk", "stock.group_stock_user")
        with self.assertRaises(AccessError):
            self.env["stock.move"].with_user(clerk).action_generate_lot_line_vals(
                {
                    "default_product_id": self.hummus.id,
                    "default_picking_type_id": warehouse.in_type_id.id,
                    "default_location_dest_id": self.stock.id,
                },
                "generate",
                "",
                2,
                "",
            )

    def test_a_pattern_speaks_of_flavours(self):
        flavour = self.env["product.attribute"].create(
            {
                "name": "Flavour",
                "value_ids": [
                    Command.create({"name": "Plain", "batch_code": "P"}),
                    Command.create({"name": "Spicy", "batch_code": "S"}),
                ],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Dip",
                "is_storable": True,
                "tracking": "lot",
                "lot_sequence_id": self.sequence.id,
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": flavour.id,
                            "value_ids": [Command.set(flavour.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        spicy = template.product_variant_ids[1]
        self.sequence.batch_pattern = "{attribute:Flavour}{yy}{doy}-{seq:1}"
        self.assertEqual(self.number(spicy), "S21293-1")
        self.assertEqual(self.number(template.product_variant_ids[0]), "P21293-1")

    def test_a_pattern_speaks_of_the_expiry(self):
        self.sequence.batch_pattern = "E{exp_yy}{exp_mm}{exp_dd}-{seq:2}"
        self.assertEqual(self.number(self.hummus), "E211219-01")
        with self.assertRaisesRegex(UserError, "Chickpeas has no date for “exp_yy”"):
            self.sequence._next_batch_numbers(self.chickpeas, OCTOBER_20, 1)

    def test_a_place_that_is_not_known_is_named(self):
        self.sequence.batch_pattern = "{line}{yy}{doy}-{seq:1}"
        with self.assertRaisesRegex(UserError, "speaks of “line”"):
            self.number(self.hummus)
        numbers = self.sequence._next_batch_numbers(
            self.hummus, OCTOBER_20, 2, codes={"line": "B"}
        )
        self.assertEqual(numbers, ["B21293-1", "B21293-2"])

    def receipt(self, product):
        receipts = self.warehouse.in_type_id
        picking = self.transfer(receipts, self.suppliers, self.stock, self.supplier)
        self.add_move(picking, product, 5)
        picking.action_confirm()
        return picking

    @freeze_time("2021-10-20 15:00:00")
    def test_a_receipt_numbers_what_comes_in_if_its_type_says_so(self):
        with self.assertRaisesRegex(UserError, "supply a Lot"):
            self.validate(self.receipt(self.hummus))
        self.warehouse.in_type_id.batch_number_lots = True
        picking = self.receipt(self.hummus)
        self.validate(picking)
        self.assertEqual(picking.move_line_ids.lot_id.name, "01-2129301")
        self.assertEqual(picking.move_line_ids.lot_id.supplier_id, self.supplier)

    def test_a_receipt_keeps_a_number_that_was_typed(self):
        self.warehouse.in_type_id.batch_number_lots = True
        self.assertEqual(self.receive(self.hummus, "THEIRS-1", 5).name, "THEIRS-1")

    def test_a_receipt_of_a_plain_product_still_wants_a_number(self):
        self.warehouse.in_type_id.batch_number_lots = True
        with self.assertRaisesRegex(UserError, "supply a Lot"):
            self.validate(self.receipt(self.chickpeas))

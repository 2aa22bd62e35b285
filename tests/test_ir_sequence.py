from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import KitchenCase

OCTOBER_20 = date(2021, 10, 20)


@tagged("post_install", "-at_install")
class TestBatchSequence(KitchenCase):
    """Hummus numbers itself by flavour, day and batch of the day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.ref("batch_tracking.ir_sequence_product_day_batch")
        cls.hummus.lot_sequence_id = cls.sequence
        cls.beet = cls.make_product(
            "Beet hummus", batch_code="03", lot_sequence_id=cls.sequence.id
        )

    def number(self, product, day=OCTOBER_20):
        return self.number_lot(product, production_date=day).name

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

    def test_a_deleted_number_is_not_given_again(self):
        self.number_lot(self.hummus, production_date=OCTOBER_20).unlink()
        self.assertEqual(self.number(self.hummus), "01-2129302")

    def test_the_day_is_the_companys(self):
        # 20 October in New York, 21 October in Greenwich
        with freeze_time("2021-10-21 03:30:00"):
            self.assertEqual(self.number_lot(self.hummus).name, "01-2129301")

    def test_a_used_up_day_is_refused_and_says_so(self):
        self.env["stock.lot.counter"]._take("01-21293{seq}", 0, 99)
        with self.assertRaisesRegex(UserError, "used up.*batch 100"):
            self.number(self.hummus)

    def test_a_product_without_its_code_is_named(self):
        nameless = self.make_product("Olive", lot_sequence_id=self.sequence.id)
        with self.assertRaisesRegex(UserError, "Olive has no batch code"):
            self.number(nameless)

    def test_core_code_that_names_no_product_is_told_why(self):
        with self.assertRaisesRegex(UserError, "Several products"):
            self.sequence.next_by_id()

    def test_a_bad_pattern_is_refused_where_it_is_typed(self):
        with self.assertRaisesRegex(ValidationError, "character 2.*“lot”"):
            self.sequence.batch_pattern = "{lot}{seq:2}"

    def test_a_code_that_could_not_be_read_back_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "0-1"):
            self.hummus.batch_code = "0-1"

    def test_looking_takes_no_number(self):
        with freeze_time("2021-10-20 15:00:00"):
            self.hummus.invalidate_recordset()
            self.assertEqual(self.hummus.next_serial, "01-2129301")
            self.assertEqual(self.sequence.batch_example, "01-2129301")
            self.assertEqual(self.number_lot(self.hummus).name, "01-2129301")

    def test_saving_the_product_form_keeps_the_pattern(self):
        with Form(self.hummus.product_tmpl_id) as form:
            form.name = "Hummus, new recipe"
        self.assertEqual(self.hummus.lot_sequence_id, self.sequence)

    def test_a_plain_product_is_numbered_as_ever(self):
        self.assertRegex(self.number_lot(self.chickpeas).name, r"^\d{7}$")

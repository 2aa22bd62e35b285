import doctest
from datetime import date

from odoo.tests import BaseCase

from odoo.addons.batch_tracking import tools
from odoo.addons.batch_tracking.tools import (
    batch_number,
    mass_balance,
    movement,
    removal,
)
from odoo.addons.batch_tracking.tools.batch_number import (
    BatchNumberError,
    Decoded,
    Facts,
    Pattern,
)

KLHC = Pattern.parse("{product}-{yy}{doy}{seq:2}")


class TestBatchNumber(BaseCase):
    """A pattern and the numbers it gives, without a database."""

    def test_fourth_traditional_batch_of_a_day(self):
        facts = Facts("01", date(2021, 10, 20))
        self.assertEqual(KLHC.render(facts, 4), "01-2129304")

    def test_first_beet_batch_of_a_day(self):
        facts = Facts("03", date(2022, 6, 10))
        self.assertEqual(KLHC.render(facts, 1), "03-2216101")

    def test_a_number_tells_what_went_into_it(self):
        day = date(2021, 10, 20)
        self.assertEqual(KLHC.decode("01-2129304"), Decoded("01", day, 4))

    def test_day_of_the_year(self):
        pattern = Pattern.parse("{yy}{doy}{seq:1}")
        for day, expected in [
            (date(2024, 2, 29), "240601"),
            (date(2024, 12, 31), "243661"),
            (date(2023, 12, 31), "233651"),
            (date(2025, 1, 1), "250011"),
            (date(2000, 1, 1), "000011"),
        ]:
            self.assertEqual(pattern.render(Facts("", day), 1), expected)

    def test_iso_weeks_have_their_own_year(self):
        pattern = Pattern.parse("{isoyy}{ww}-{seq:1}")
        for day, expected in [
            (date(2024, 12, 31), "2501-1"),
            (date(2021, 1, 3), "2053-1"),
            (date(2000, 1, 1), "9952-1"),
        ]:
            self.assertEqual(pattern.render(Facts("", day), 1), expected)

    def test_overflow_never_wraps(self):
        with self.assertRaises(BatchNumberError) as caught:
            KLHC.render(Facts("01", date(2021, 10, 20)), 100)
        self.assertEqual(caught.exception.reason, batch_number.OVERFLOW)

    def test_a_foreign_number_says_where_it_does_not_fit(self):
        with self.assertRaises(BatchNumberError) as caught:
            KLHC.decode("01/2129304")
        self.assertEqual(caught.exception.reason, batch_number.DOES_NOT_FIT)
        with self.assertRaises(BatchNumberError) as caught:
            KLHC.decode("01-2136601")
        self.assertEqual(caught.exception.reason, batch_number.NO_SUCH_DATE)

    def test_faults_of_a_pattern_point_at_the_character(self):
        for text, reason, position in [
            ("{yy}{lot}{seq:2}", batch_number.UNKNOWN_FIELD, 5),
            ("A{yy}", batch_number.NO_NUMBER, 5),
            ("{seq:2}{seq:2}", batch_number.SECOND_NUMBER, 7),
            ("{seq}", batch_number.BAD_WIDTH, 4),
            ("{seq:0}", batch_number.BAD_WIDTH, 4),
            ("A}{seq:2}", batch_number.UNBALANCED_BRACE, 1),
            ("", batch_number.NO_NUMBER, 0),
        ]:
            with self.assertRaises(BatchNumberError) as caught:
                Pattern.parse(text)
            fault = caught.exception
            self.assertEqual((fault.reason, fault.position), (reason, position), text)

    def test_braces_can_be_part_of_a_number(self):
        pattern = Pattern.parse("{{{seq:2}}}")
        self.assertEqual(pattern.render(Facts("", date(2021, 1, 1)), 7), "{07}")
        self.assertEqual(pattern.decode("{07}").number, 7)

    def test_a_field_may_stand_twice(self):
        pattern = Pattern.parse("{yy}-{yy}{seq:1}")
        self.assertEqual(pattern.decode("21-213").number, 3)
        with self.assertRaises(BatchNumberError):
            pattern.decode("21-223")


class TestExamples(BaseCase):
    """The examples in the docstrings of ``tools/`` are true."""

    def test_examples_run(self):
        for module in (tools, batch_number, mass_balance, movement, removal):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

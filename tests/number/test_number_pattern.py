from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.number import (
    check_character,
)
from ...tools.number import (
    grammar as batch_grammar,
)
from ...tools.number.grammar import BatchNumberError
from ...tools.number.pattern import Decoded, Facts, Pattern

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
        self.assertEqual(KLHC.decode("01-2129304"), Decoded("01", day, number=4))

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
        self.assertEqual(caught.exception.reason, batch_grammar.OVERFLOW)

    def test_a_number_that_may_widen_goes_on(self):
        pattern = Pattern.parse("{yy}{doy}-{seq:2+}")
        facts = Facts("", date(2021, 10, 20))
        names = pattern.render_all(facts, 98, 4)
        self.assertEqual([name[-3:] for name in names], ["-98", "-99", "100", "101"])
        self.assertEqual(pattern.decode("21293-100").number, 100)
        with self.assertRaises(BatchNumberError):
            pattern.decode("21293-007")

    def test_a_foreign_number_says_where_it_does_not_fit(self):
        with self.assertRaises(BatchNumberError) as caught:
            KLHC.decode("01/2129304")
        self.assertEqual(caught.exception.reason, batch_grammar.DOES_NOT_FIT)
        with self.assertRaises(BatchNumberError) as caught:
            KLHC.decode("01-2136601")
        self.assertEqual(caught.exception.reason, batch_grammar.NO_SUCH_DATE)

    def test_faults_of_a_pattern_point_at_the_character(self):
        for text, reason, position in [
            ("{yy}{lot}{seq:2}", batch_grammar.UNKNOWN_FIELD, 5),
            ("A{yy}", batch_grammar.NO_NUMBER, 5),
            ("{seq:2}{seq:2}", batch_grammar.SECOND_NUMBER, 7),
            ("{seq}", batch_grammar.BAD_ARGUMENT, 4),
            ("{seq:0}", batch_grammar.BAD_ARGUMENT, 4),
            ("A}{seq:2}", batch_grammar.UNBALANCED_BRACE, 1),
            ("", batch_grammar.NO_NUMBER, 0),
            ("{seq:2}{check:crc}", batch_grammar.BAD_ARGUMENT, 13),
            ("{attribute}{seq:2}", batch_grammar.BAD_ARGUMENT, 10),
            ("{yy:2}{seq:2}", batch_grammar.BAD_ARGUMENT, 3),
            ("{product}X{line}-{seq:2}", batch_grammar.AMBIGUOUS, 11),
            ("{product}{seq:2+}", batch_grammar.AMBIGUOUS, 10),
            ("{seq:2+}A{line}", batch_grammar.AMBIGUOUS, 10),
            ("{seq:2++}", batch_grammar.BAD_ARGUMENT, 4),
            ("{seq:1}{check:luhn}{check:damm}", batch_grammar.SECOND_NUMBER, 19),
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


class TestCheckCharacter(BaseCase):
    """The algorithms give what python-stdnum and the standards say."""

    def test_known_numbers(self):
        for algorithm, number, expected in [
            ("mod11_10", "79462", "3"),
            ("mod11_10", "00200667308", "5"),
            ("mod11_10", "012129304", "6"),
            ("mod11_10", "032216101", "9"),
            ("mod37_36", "A12425GABC1234002", "M"),
            ("mod37_36", "012129304", "C"),
            ("mod37_36", "032216101", "2"),
            ("mod37_36", "L2129304A", "6"),
            ("luhn", "012129304", "7"),
            ("luhn", "032216101", "9"),
            ("gs1", "012129304", "6"),
            ("gs1", "032216101", "4"),
            ("damm", "012129304", "1"),
            ("damm", "032216101", "3"),
        ]:
            character = check_character.check_character(algorithm, number)
            self.assertEqual(character, expected, (algorithm, number))

    def test_a_number_carries_it_and_a_slip_is_found(self):
        pattern = Pattern.parse("{product}-{yy}{doy}{seq:2}{check:mod37_36}")
        facts = Facts("01", date(2021, 10, 20))
        self.assertEqual(pattern.render(facts, 4), "01-2129304C")
        self.assertEqual(pattern.decode("01-2129304C").number, 4)
        with self.assertRaises(BatchNumberError) as caught:
            pattern.decode("01-2129340C")
        self.assertEqual(caught.exception.reason, batch_grammar.WRONG_CHECK)

    def test_letters_do_not_go_with_a_check_of_digits(self):
        pattern = Pattern.parse("{product}{seq:2}{check:luhn}")
        with self.assertRaises(BatchNumberError) as caught:
            pattern.render(Facts("A1"), 1)
        self.assertEqual(caught.exception.reason, batch_grammar.NOT_CHECKABLE)


class TestCodes(BaseCase):
    """Numbers may speak of places, attributes and properties."""

    def test_each_code_stands_where_the_pattern_says(self):
        pattern = Pattern.parse(
            "{warehouse}/{attribute:Flavour}-{exp_yy}{exp_mm}{seq:1}"
        )
        codes = {"warehouse": "WH", "attribute:Flavour": "B"}
        facts = Facts(expiry=date(2027, 1, 19), codes=codes)
        self.assertEqual(pattern.render(facts, 3), "WH/B-27013")
        self.assertEqual(pattern.decode("WH/B-27013").codes, codes)

    def test_what_is_missing_is_named(self):
        pattern = Pattern.parse("{line}-{yy}{seq:1}")
        for facts, reason, detail in [
            (Facts(date=date(2021, 1, 1)), batch_grammar.CODE_MISSING, "line"),
            (Facts(codes={"line": "A"}), batch_grammar.DATE_MISSING, "yy"),
            (Facts(codes={"line": "A-1"}), batch_grammar.BAD_CODE, "A-1"),
        ]:
            with self.assertRaises(BatchNumberError) as caught:
                pattern.render(facts, 1)
            fault = caught.exception
            self.assertEqual((fault.reason, fault.detail), (reason, detail))


CODES = st.text("0123456789ABCXYZabc", min_size=1, max_size=4)
LINES = CODES.map(lambda code: {"line": code})
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
READABLE = st.permutations(
    ["{product}", "-{line}", "{yy}", "{doy}", "{exp_yyyy}{exp_mm}{exp_dd}", "{seq:4}"]
).map(lambda parts: "".join(parts).replace("{line}", "{line}/"))


# How fast a busy machine draws examples says nothing about the numbers.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestProperties(BaseCase):
    """For any pattern and any batch."""

    @unhurried
    @given(
        READABLE,
        st.builds(Decoded, CODES, DAYS, DAYS, LINES, st.integers(1, 9999)),
    )
    def test_decoding_is_the_inverse_of_rendering(self, text, batch):
        pattern = Pattern.parse(text)
        number = pattern.render(batch, batch.number)
        self.assertEqual(pattern.decode(number), batch)

    @unhurried
    @given(DAYS, st.integers(1, 10**7))
    def test_widened_numbers_are_read_back(self, day, number):
        pattern = Pattern.parse("{yy}{seq:2+}{doy}{check:mod37_36}")
        batch = Decoded(date=day, number=number)
        self.assertEqual(pattern.decode(pattern.render(batch, number)), batch)

    @unhurried
    @given(READABLE, st.lists(st.tuples(CODES, DAYS, st.integers(1, 99)), max_size=9))
    def test_different_batches_never_have_the_same_number(self, text, batches):
        pattern = Pattern.parse(text)
        numbers = {
            pattern.render(Facts(code, day, date(2030, 1, 1), {"line": "L"}), number)
            for code, day, number in batches
        }
        self.assertEqual(len(numbers), len(set(batches)))

    @unhurried
    @given(READABLE, CODES, DAYS, st.integers(1, 9900))
    def test_numbers_rise_within_their_scope(self, text, product, day, first):
        pattern = Pattern.parse(text)
        facts = Facts(product, day, day, {"line": "L"})
        numbers = pattern.render_all(facts, first, 50)
        self.assertEqual(numbers, sorted(set(numbers)))

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, TransactionCase, tagged

from ...tools.number.pattern import Facts, Pattern


class TestWeeks(BaseCase):
    """What a number says of weeks."""

    def test_a_week_is_read_as_a_week(self):
        said = Pattern.parse("{isoyy}{ww}-{seq:1}").decode("2648-1")
        self.assertEqual(said.week, (2026, 48))

    def test_a_day_is_read_as_a_day(self):
        self.assertIsNone(
            Pattern.parse("{yy}{doy}-{ww}-{seq:1}").decode("26328-48-1").week
        )

    def test_the_week_of_expiry_is_read_too(self):
        said = Pattern.parse("{yy}{doy}-{exp_isoyy}{exp_ww}-{seq:1}").decode(
            "26328-2704-1"
        )
        self.assertEqual((said.week, said.expiry_week), (None, (2027, 4)))

    def test_only_weeks_beside_a_year_of_the_calendar_are_mixed(self):
        for text, is_mixed in [
            ("{yy}{ww}{seq:1}", True),
            ("{yyyy}{ww}{seq:1}", True),
            ("{isoyy}{ww}{exp_yy}{exp_ww}{seq:1}", True),
            ("{isoyy}{ww}{seq:1}", False),
            ("{yy}{doy}{ww}{seq:1}", False),
            ("{yy}{mm}{dd}{ww}{seq:1}", False),
            ("{yy}{doy}{seq:1}", False),
        ]:
            self.assertEqual(Pattern.parse(text).mixes_years, is_mixed, text)

    @given(st.dates(date(2000, 1, 1), date(2099, 12, 24)))
    def test_a_week_says_the_same_as_the_calendar(self, day):
        pattern = Pattern.parse("{isoyyyy}{ww}-{seq:1}")
        text = pattern.render(Facts(date=day), 1)
        self.assertEqual(pattern.decode(text).week, tuple(day.isocalendar())[:2])
        later = pattern.render(Facts(date=day + timedelta(days=7)), 1)
        self.assertNotEqual(later, text)


@tagged("post_install", "-at_install")
class TestWeeksInTheDesigner(TransactionCase):
    """Who designs a number learns what its weeks are."""

    def test_a_week_beside_the_year_of_the_calendar_warns(self):
        sequence = self.env["ir.sequence"].new({"batch_pattern": "{yy}{ww}-{seq:2}"})
        self.assertIn("{isoyy}", sequence.batch_warning)
        sequence.batch_pattern = "{isoyy}{ww}-{seq:2}"
        self.assertFalse(sequence.batch_warning)

    def test_it_says_weeks(self):
        for pattern, number, meaning in [
            ("{isoyy}{ww}-{seq:2}", "2648-01", "made in week 48 of 2026 · batch 1"),
            ("{yy}{ww}-{seq:2}", "2648-01", "made in week 48 of 2026 · batch 1"),
            (
                "{exp_isoyy}{exp_ww}-{seq:1}",
                "2704-1",
                "expires in week 4 of 2027 · batch 1",
            ),
        ]:
            sequence = self.env["ir.sequence"].new(
                {"batch_pattern": pattern, "batch_trial": number}
            )
            self.assertEqual(sequence.batch_trial_meaning, meaning)

    def test_a_week_that_no_year_has_is_no_date(self):
        sequence = self.env["ir.sequence"].new(
            {"batch_pattern": "{yy}{ww}-{seq:1}", "batch_trial": "2654-1"}
        )
        self.assertIn("no such date", sequence.batch_trial_meaning)

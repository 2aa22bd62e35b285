from datetime import date, datetime

import pytz
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.days import local_day, start_of
from ...tools.removal.remaining_life import Requirement, total_days

DAYS = st.integers(0, 400)
SHARES = st.floats(0, 100)


class TestRemainingLife(BaseCase):
    """What a customer asks, in days and as a share of the life of a lot."""

    def test_two_thirds_of_half_a_year(self):
        life = total_days(date(2026, 1, 1), date(2026, 7, 1))
        self.assertEqual(Requirement(percent=200 / 3).days_needed(life), 121)
        self.assertEqual(Requirement(percent=100 / 3).days_needed(life), 61)

    def test_a_share_without_production_date_falls_to_the_days(self):
        both = Requirement(days=30, percent=50)
        self.assertEqual(both.days_needed(None), 30)
        self.assertFalse(both.needs_total)

    def test_a_share_alone_without_production_date_is_not_known(self):
        self.assertIsNone(Requirement(percent=50).days_needed(None))
        self.assertIsNone(Requirement(days=9, above_percent=50).days_needed(None))

    def test_the_margin_must_be_exceeded(self):
        self.assertEqual(Requirement(above_days=10).days_needed(100), 11)
        self.assertEqual(Requirement(days=10).days_needed(100), 10)
        self.assertEqual(Requirement(above_percent=10).days_needed(100), 11)

    @given(DAYS, SHARES, DAYS, SHARES, st.one_of(st.none(), DAYS))
    def test_asking_more_never_needs_less(self, days, percent, margin, share, life):
        asked = Requirement(days, percent, margin, share)
        more = Requirement(days + 1, percent, margin + 1, share)
        needed, needed_more = asked.days_needed(life), more.days_needed(life)
        if needed is None:
            return  # nothing is known of either
        self.assertGreaterEqual(needed_more, needed)
        self.assertGreaterEqual(needed, days)

    def test_the_day_is_the_companys(self):
        late = datetime(2026, 3, 2, 3, 30)
        self.assertEqual(
            local_day(late, pytz.timezone("America/New_York")), date(2026, 3, 1)
        )

    def test_a_day_begins_at_its_own_midnight_also_when_clocks_change(self):
        brussels = pytz.timezone("Europe/Brussels")
        self.assertEqual(
            start_of(date(2026, 3, 29), brussels), datetime(2026, 3, 28, 23)
        )
        self.assertEqual(
            start_of(date(2026, 3, 30), brussels), datetime(2026, 3, 29, 22)
        )

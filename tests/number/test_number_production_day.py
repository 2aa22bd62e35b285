from datetime import date, datetime

import pytz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.number.pattern import Facts, Pattern
from ...tools.number.production_day import NOON, production_day


class TestProductionDay(BaseCase):
    """The day is the one on the wall where it is made."""

    def test_four_time_zones(self):
        pattern = Pattern.parse("{yy}{doy}{seq:1}")
        for moment, zone, expected in [
            (datetime(2021, 10, 21, 3, 30), "America/New_York", "212931"),
            (datetime(2022, 6, 9, 15, 30), "Asia/Tokyo", "221611"),
            (datetime(2022, 12, 31, 11, 30), "Pacific/Auckland", "230011"),
            (datetime(2021, 10, 19, 22, 30), "Europe/Brussels", "212931"),
        ]:
            day = production_day(moment, zone)
            self.assertEqual(pattern.render(Facts("", day), 1), expected, zone)

    def test_a_night_shift_stays_on_its_day(self):
        for hour, turns_at, expected in [
            (5, 6, date(2026, 5, 18)),
            (6, 6, date(2026, 5, 19)),
            (21, 22, date(2026, 5, 19)),
            (22, 22, date(2026, 5, 20)),
        ]:
            moment = datetime(2026, 5, 19, hour)
            day = production_day(moment, "UTC", turns_at)
            self.assertEqual(day, expected, (hour, turns_at))

    def test_the_shift_starts_at_six_in_summer_and_winter(self):
        for moment in (datetime(2026, 3, 29, 4, 0), datetime(2026, 10, 25, 5, 0)):
            day = production_day(moment, "Europe/Brussels", 6)
            self.assertEqual(day, moment.date())

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)),
        st.sampled_from(sorted(pytz.common_timezones)),
        st.floats(0, 23.99),
    )
    def test_a_production_day_is_a_neighbour_of_the_calendar_day(self, now, zone, hour):
        local = pytz.utc.localize(now).astimezone(pytz.timezone(zone)).date()
        apart = production_day(now, zone, hour) - local
        self.assertIn(apart.days, (-1, 0) if hour < NOON else (0, 1))

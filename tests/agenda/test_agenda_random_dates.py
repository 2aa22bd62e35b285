from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.agenda.deadlines import WORKING_DAYS, due, monthly_reports
from ...tools.agenda.months import kept_until, months_later
from ...tools.agenda.working_days import WorkDays, counted, end_of_day, midnight

ZONES = ("UTC", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia")
DAYS = st.dates(date(2000, 1, 1), date(2037, 12, 31))

#: Zones are read from files the first time, on whatever machine.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestAgendaDatesAlways(BaseCase):
    @patient
    @given(DAYS, st.integers(0, 30), st.sets(st.integers(1, 60), max_size=12))
    def test_working_days_counted_day_by_day(self, event, count, off):
        days = WorkDays(frozenset(event + timedelta(days=n) for n in off))
        found = counted(event, count, days.is_working)
        span = [event + timedelta(days=n) for n in range(1, (found - event).days + 1)]
        self.assertEqual(sum(map(days.is_working, span)), count)
        self.assertTrue(not span or days.is_working(found))

    @patient
    @given(DAYS, st.sampled_from(ZONES))
    def test_a_day_ends_when_the_next_begins(self, day, zone):
        zone = ZoneInfo(zone)
        start, end = midnight(day, zone), end_of_day(day, zone)
        second = timedelta(seconds=1)
        self.assertEqual(end, midnight(day + timedelta(days=1), zone))
        self.assertLess((start - second).astimezone(zone).date(), day)
        self.assertGreater(end.astimezone(zone).date(), day)
        if start < end:
            self.assertEqual(start.astimezone(zone).date(), day)
            self.assertEqual((end - second).astimezone(zone).date(), day)

    @patient
    @given(DAYS, st.times(), st.integers(0, 20), st.sampled_from(ZONES))
    def test_what_is_due_is_due_on_its_day(self, day, clock, count, name):
        zone = ZoneInfo(name)
        event = datetime.combine(day, clock, timezone.utc)
        found = due(WORKING_DAYS, count, event, zone)
        self.assertGreater(found.at, event)
        last = found.at - timedelta(seconds=1)
        self.assertEqual(last.astimezone(zone).date(), found.day)

    @patient
    @given(DAYS, st.integers(0, 60))
    def test_months_end_no_later_than_they_are_kept(self, day, months):
        later, kept = months_later(day, months), kept_until(day, months)
        self.assertLessEqual(later, kept)
        self.assertLessEqual(kept - later, timedelta(days=1))
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        self.assertEqual((later.year, later.month - 1), (year, month))

    @patient
    @given(DAYS, st.integers(0, 400))
    def test_reports_cover_each_month_once(self, opened, length):
        moment = datetime.combine(opened, time(12), timezone.utc)
        until = moment + timedelta(days=length)
        reports = list(monthly_reports(moment, until, timezone.utc))
        months = (until.year - opened.year) * 12 + until.month - opened.month
        self.assertEqual(len(reports), months)
        for report in reports:
            self.assertEqual(report.last + timedelta(days=1), report.deadline.day)
            self.assertEqual(report.first.day, 1)
        for before, after in zip(reports, reports[1:], strict=False):
            self.assertEqual(before.deadline.day, after.first)

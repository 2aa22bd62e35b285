from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytz

from odoo.tests import BaseCase

from ...tools.agenda.deadlines import (
    DAYS,
    FIRST_OF_MONTH,
    HOURS,
    MONTHS,
    WORKING_DAYS,
    Rule,
    agenda,
    deadlines_of,
    due,
    monthly_reports,
    repeated,
)
from ...tools.agenda.months import kept_until, months_later, reminders
from ...tools.agenda.regimes import (
    DECIDED,
    DRILLED,
    KEPT_MONTHS,
    PUBLIC,
    REGIMES,
    rules_of,
)
from ...tools.agenda.working_days import WorkDays, counted, end_of_day, midnight

NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
US_HOLIDAYS = frozenset(
    {
        date(2026, 7, 3),
        date(2026, 11, 26),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 1, 18),
    }
)
US_DAYS = WorkDays(US_HOLIDAYS)


def at(zone, *moment):
    return datetime(*moment, tzinfo=zone)


class TestRecallWorkingDays(BaseCase):
    """Working days are counted from the day after, and end at 24:00 where we are."""

    def due_day(self, event, count, days=US_DAYS):
        moment = datetime.combine(event, datetime.min.time(), NEW_YORK)
        return due(
            WORKING_DAYS, count, moment + timedelta(hours=9), NEW_YORK, days.is_working
        ).day

    def test_device_report_over_christmas_is_due_after_two_holidays(self):
        friday = date(2026, 12, 18)
        self.assertEqual(self.due_day(friday, 10), date(2027, 1, 5))
        self.assertEqual(self.due_day(friday, 10, WorkDays()), date(2027, 1, 1))

    def test_an_event_on_saturday_counts_from_monday(self):
        self.assertEqual(self.due_day(date(2026, 12, 19), 10), date(2027, 1, 5))

    def test_field_alert_before_thanksgiving_is_due_on_monday(self):
        tuesday = date(2026, 11, 24)
        self.assertEqual(self.due_day(tuesday, 3), date(2026, 11, 30))
        self.assertEqual(self.due_day(tuesday, 3, WorkDays()), date(2026, 11, 27))

    def test_field_alert_from_a_friday_is_due_on_wednesday(self):
        self.assertEqual(self.due_day(date(2026, 11, 20), 3), date(2026, 11, 25))

    def test_a_holiday_that_is_observed_on_another_day_counts_there(self):
        self.assertEqual(self.due_day(date(2026, 7, 1), 3), date(2026, 7, 7))

    def test_a_day_of_work_ends_at_midnight_of_the_company(self):
        found = due(WORKING_DAYS, 1, at(NEW_YORK, 2026, 11, 23, 23, 59), NEW_YORK)
        self.assertEqual(found.day, date(2026, 11, 24))
        self.assertEqual(found.at, at(timezone.utc, 2026, 11, 25, 5))
        self.assertFalse(found.is_late(found.at))
        self.assertTrue(found.is_late(found.at + timedelta(seconds=1)))

    def test_the_day_of_an_event_is_the_companys_and_not_that_of_utc(self):
        event = at(timezone.utc, 2026, 11, 24, 3)  # still Monday in New York
        self.assertEqual(due(WORKING_DAYS, 1, event, NEW_YORK).day, date(2026, 11, 24))

    def test_a_week_can_be_another(self):
        days = WorkDays(weekend=frozenset({4, 5}))  # Friday and Saturday
        self.assertEqual(
            counted(date(2026, 11, 26), 1, days.is_working), date(2026, 11, 29)
        )

    def test_a_calendar_without_working_days_is_refused(self):
        with self.assertRaisesRegex(ValueError, "No working day"):
            counted(date(2026, 11, 24), 1, lambda day: False)
        with self.assertRaises(ValueError):
            counted(date(2026, 11, 24), -1, WorkDays().is_working)

    def test_a_calendar_tells_whether_it_knows_holidays(self):
        first, last = date(2026, 12, 18), date(2027, 1, 5)
        self.assertTrue(US_DAYS.knows_holidays_of(first, last))
        self.assertFalse(WorkDays().knows_holidays_of(first, last))
        only_2026 = WorkDays(frozenset({date(2026, 12, 25)}))
        self.assertFalse(only_2026.knows_holidays_of(first, last))


class TestRecallHours(BaseCase):
    """Hours run through nights, week-ends and changes of the clock."""

    def test_hours_run_over_the_week_end(self):
        friday = at(LONDON, 2026, 11, 27, 17)
        (found,) = deadlines_of(rules_of("mhra_2"), {DECIDED: friday}, LONDON).values()
        self.assertEqual(found.at, at(LONDON, 2026, 11, 29, 17))

    def test_hours_are_real_ones_when_the_clock_changes(self):
        # Clocks go back on 25 October 2026.
        found = due(HOURS, 48, at(LONDON, 2026, 10, 23, 17), LONDON)
        self.assertEqual(found.at.astimezone(LONDON).hour, 16)
        self.assertEqual(
            found.at - at(LONDON, 2026, 10, 23, 17).astimezone(timezone.utc),
            timedelta(hours=48),
        )

    def test_at_once_is_the_moment_itself(self):
        event = at(LONDON, 2026, 11, 27, 17)
        (found,) = deadlines_of(rules_of("mhra_1"), {DECIDED: event}, LONDON).values()
        self.assertEqual(found.at, event)

    def test_a_moment_without_a_zone_is_refused(self):
        for unit in (HOURS, DAYS, WORKING_DAYS, MONTHS, FIRST_OF_MONTH):
            with self.assertRaises(ValueError):
                due(unit, 1, datetime(2026, 11, 24), LONDON)

    def test_nothing_is_due_before_its_event(self):
        for unit in (HOURS, DAYS, WORKING_DAYS, MONTHS):
            with self.assertRaises(ValueError):
                due(unit, -1, at(LONDON, 2026, 11, 24), LONDON)

    def test_an_unknown_unit_is_refused(self):
        with self.assertRaisesRegex(ValueError, "fortnights"):
            due("fortnights", 1, at(LONDON, 2026, 11, 24), LONDON)


class TestRecallMidnight(BaseCase):
    """A day begins once, however clocks are set, and whoever keeps the zones."""

    def both(self, name, *day):
        found = {midnight(date(*day), zone(name)) for zone in (ZoneInfo, pytz.timezone)}
        self.assertEqual(len(found), 1, (name, day))
        return found.pop()

    def test_midnight_of_plain_days(self):
        self.assertEqual(
            self.both("America/New_York", 2026, 11, 25),
            at(timezone.utc, 2026, 11, 25, 5),
        )
        self.assertEqual(self.both("UTC", 2026, 1, 1), at(timezone.utc, 2026, 1, 1))

    def test_where_midnight_is_left_out_the_day_begins_an_hour_later_by_the_clock(self):
        found = self.both("Africa/Cairo", 2026, 4, 24)
        self.assertEqual(found, at(timezone.utc, 2026, 4, 23, 22))

    def test_where_midnight_comes_twice_the_first_counts(self):
        found = self.both("America/Havana", 2026, 11, 1)
        self.assertEqual(found, at(timezone.utc, 2026, 11, 1, 4))

    def test_a_day_that_a_country_left_out_is_over_when_it_would_begin(self):
        skipped = self.both("Pacific/Apia", 2011, 12, 30)
        self.assertEqual(skipped, self.both("Pacific/Apia", 2011, 12, 31))

    def test_days_may_have_23_hours(self):
        hours = end_of_day(date(2026, 3, 29), LONDON) - midnight(
            date(2026, 3, 29), LONDON
        )
        self.assertEqual(hours, timedelta(hours=23))


class TestRecallRules(BaseCase):
    """Rules of regimes, monthly reports, drills."""

    def test_progress_is_reported_on_the_first_until_the_recall_ends(self):
        opened = at(NEW_YORK, 2026, 11, 24, 10)
        until = at(NEW_YORK, 2027, 6, 1)
        ended = at(NEW_YORK, 2027, 1, 15)
        reports = list(monthly_reports(opened, until, NEW_YORK, ended))
        self.assertEqual(
            [report.deadline.day for report in reports],
            [date(2026, 12, 1), date(2027, 1, 1)],
        )
        self.assertEqual(reports[0][:2], (date(2026, 11, 1), date(2026, 11, 30)))
        self.assertEqual(reports[1][:2], (date(2026, 12, 1), date(2026, 12, 31)))
        going_on = list(monthly_reports(opened, until, NEW_YORK))
        self.assertEqual(len(going_on), 7)

    def test_a_recall_opened_on_the_first_reports_a_month_later(self):
        opened = at(NEW_YORK, 2026, 12, 1)
        self.assertEqual(due(FIRST_OF_MONTH, 1, opened, NEW_YORK).day, date(2027, 1, 1))
        (report,) = monthly_reports(opened, at(NEW_YORK, 2027, 1, 1), NEW_YORK)
        self.assertEqual(report.first, date(2026, 12, 1))

    def test_status_is_reported_every_so_many_days_until_the_recall_ends(self):
        opened = at(NEW_YORK, 2026, 11, 24, 10)
        until, ended = at(NEW_YORK, 2027, 2, 1), at(NEW_YORK, 2026, 12, 22, 9)
        found = list(repeated(opened, 14, until, NEW_YORK, ended))
        self.assertEqual(
            [deadline.day for deadline in found],
            [date(2026, 12, 8), date(2026, 12, 22)],
        )
        self.assertEqual(found[0].at, at(NEW_YORK, 2026, 12, 9))
        self.assertEqual(len(list(repeated(opened, 14, until, NEW_YORK))), 4)
        with self.assertRaises(ValueError):
            next(repeated(opened, 0, until, NEW_YORK))
        tomorrow = next(repeated(opened, 1, until, NEW_YORK))
        self.assertEqual(tomorrow.day, date(2026, 11, 25))

    def test_certification_body_is_told_within_a_day_and_gets_the_form(self):
        friday = at(NEW_YORK, 2026, 11, 27, 18)
        found = deadlines_of(rules_of("sqf"), {PUBLIC: friday}, NEW_YORK)
        self.assertEqual(found["sqf_notice"].at, at(NEW_YORK, 2026, 11, 28, 18))
        self.assertEqual(found["sqf_form"].day, date(2026, 12, 27))

    def test_a_drill_tells_no_authority(self):
        moment = at(NEW_YORK, 2026, 11, 27, 18)
        rules = rules_of(*REGIMES)
        events = {rule.anchor: moment for rule in rules}
        found = deadlines_of(rules, events, NEW_YORK, is_drill=True)
        self.assertEqual(list(found), ["sfcr_drill"])

    def test_what_has_not_happened_is_due_never(self):
        rules = [Rule("a", "decided", HOURS, 1), Rule("b", "closed", HOURS, 1)]
        events = {"decided": at(LONDON, 2026, 11, 24), "closed": None}
        self.assertEqual(list(deadlines_of(rules, events, LONDON)), ["a"])

    def test_rules_ask_for_what_authorities_ask_for(self):
        known = {
            "fda_806": (WORKING_DAYS, 10),
            "fda_field_alert": (WORKING_DAYS, 3),
            "fsma_records": (HOURS, 24),
            "mhra_class_1": (HOURS, 0),
            "mhra_class_2": (HOURS, 48),
            "mhra_class_3": (HOURS, 120),
            "mhra_class_4": (HOURS, 120),
            "cpsc_stop_sale": (HOURS, 0),
            "cpsc_fast_track": (WORKING_DAYS, 20),
            "cpsc_progress": (FIRST_OF_MONTH, 1),
            "sqf_notice": (HOURS, 24),
            "sqf_form": (DAYS, 30),
            "ifs_notice": (DAYS, 3),
            "brcgs_notice": (DAYS, 3),
            "sfcr_minister": (HOURS, 0),
            "sfcr_drill": (MONTHS, 12),
        }
        rules = {rule.code: (rule.unit, rule.amount) for rule in rules_of(*REGIMES)}
        self.assertEqual(rules, known)
        self.assertEqual(KEPT_MONTHS, {"canada": 24})

    def test_codes_of_rules_are_unique(self):
        codes = [rule.code for rule in rules_of(*REGIMES)]
        self.assertEqual(len(codes), len(set(codes)))

    def test_what_is_late_and_what_comes_next(self):
        now = at(LONDON, 2026, 11, 24, 12)
        deadlines = {
            "done": due(HOURS, 0, now, LONDON),
            "later": due(HOURS, 9, now, LONDON),
            "soon": due(HOURS, 1, now, LONDON),
            "late": due(HOURS, 1, now - timedelta(hours=3), LONDON),
        }
        found = agenda(deadlines, {"done"}, now)
        self.assertEqual(found.late, ["late"])
        self.assertEqual(found.to_come, ["soon", "later"])

    def test_a_drill_is_due_after_a_year_with_two_reminders(self):
        last = date(2025, 11, 20)
        completed = at(NEW_YORK, 2025, 11, 20, 15)
        rules = rules_of("canada")
        found = deadlines_of(rules, {DRILLED: completed}, NEW_YORK)["sfcr_drill"]
        self.assertEqual(found.day, date(2026, 11, 20))
        self.assertEqual(reminders(found.day), [date(2026, 9, 21), date(2026, 10, 21)])
        self.assertEqual(kept_until(last, 24), date(2027, 11, 20))

    def test_a_leap_day_is_drilled_too_soon_and_kept_too_long_rather_than_not(self):
        self.assertEqual(months_later(date(2024, 2, 29), 12), date(2025, 2, 28))
        self.assertEqual(kept_until(date(2024, 2, 29), 24), date(2026, 3, 1))

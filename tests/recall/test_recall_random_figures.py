from collections import Counter
from datetime import date, datetime, time, timedelta, timezone
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.recall.answers import problems_of
from ...tools.recall.balance import TOLERANCE, Line, rates_of, total_of
from ...tools.recall.deadlines import WORKING_DAYS, due, monthly_reports
from ...tools.recall.effectiveness import required_checks
from ...tools.recall.months import kept_until, months_later
from ...tools.recall.paste import read_list
from ...tools.recall.population import Recipient, draw, population_of, spread
from ...tools.recall.power import missed, smallest_sample
from ...tools.recall.tiers import chain_of
from ...tools.recall.working_days import WorkDays, counted, end_of_day, midnight

ZONES = ("UTC", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia")
DAYS = st.dates(date(2000, 1, 1), date(2037, 12, 31))
FEW = st.integers(0, 40)


@st.composite
def honest_lines(draw):
    """Return a line whose parts are what was distributed, and what is left of it."""
    parts = draw(st.lists(FEW, min_size=6, max_size=6))
    missing, before = draw(FEW), draw(FEW)
    on_hand, used, passed_on, returned, destroyed, corrected = parts
    line = Line(
        sum(parts) + missing + before,
        before,
        on_hand,
        used,
        draw(st.integers(0, used)),
        passed_on,
        returned,
        destroyed,
        corrected,
    )
    return line, missing


@st.composite
def any_lines(draw):
    """Return a line whatever people tell."""
    return Line(*draw(st.lists(FEW.map(lambda n: n / 10), min_size=9, max_size=9)))


class TestRecallBalanceAlways(BaseCase):
    @settings(max_examples=200, deadline=None)
    @given(st.lists(honest_lines(), max_size=6))
    def test_every_unit_has_one_place(self, told):
        lines = [line for line, _missing in told]
        self.assertEqual([line.unaccounted for line in lines], [m for _, m in told])
        self.assertFalse(any(line.excess or problems_of(line) for line in lines))
        total = total_of(lines)
        recovery, accounted, recoverable = rates_of(lines)
        whole = total.distributed
        self.assertEqual(recovery is None, not whole)
        if whole:
            self.assertAlmostEqual(recovery * whole, total.recovered)
            self.assertAlmostEqual((1 - accounted) * whole, sum(m for _, m in told))
            self.assertTrue(recoverable is None or recoverable >= recovery)

    @settings(max_examples=200, deadline=None)
    @given(any_lines())
    def test_too_much_and_too_little_are_never_told_at_once(self, line):
        self.assertFalse(line.unaccounted and line.excess)
        gap = line.unaccounted - line.excess
        self.assertAlmostEqual(gap, line.distributed - line.known, delta=TOLERANCE)
        for rate in rates_of([line]):
            self.assertTrue(rate is None or 0 <= rate <= 1)

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.tuples(st.integers(1, 4), any_lines()), max_size=8))
    def test_tiers_add_up_to_what_was_distributed(self, rows):
        chain = chain_of(rows)
        lines = [line for _tier, line in rows]
        places = sum(line.on_hand + line.used + line.recovered for line in lines)
        unexplained = sum(tier.unexplained for tier in chain.tiers.values())
        self.assertAlmostEqual(
            chain.distributed + unexplained + chain.excess,
            places + chain.unaccounted,
        )
        self.assertLessEqual(chain.recovered, chain.distributed)


class TestRecallSamplesAlways(BaseCase):
    @settings(max_examples=100, deadline=None)
    @given(st.integers(0, 9), st.data())
    def test_power_counts_every_sample_there_is(self, population, data):
        failing = data.draw(st.integers(0, population))
        checks = data.draw(st.integers(0, population))
        samples = list(combinations(range(population), checks))
        blind = sum(all(one >= failing for one in sample) for sample in samples)
        self.assertEqual(missed(population, failing, checks) * len(samples), blind)

    @settings(max_examples=100, deadline=None)
    @given(st.integers(1, 40), st.integers(1, 100), st.data())
    def test_no_smaller_sample_has_the_chance(self, population, percent, data):
        failing = data.draw(st.integers(1, population))
        enough = [
            checks
            for checks in range(population + 1)
            if 100 * (1 - missed(population, failing, checks)) >= percent
        ]
        self.assertEqual(smallest_sample(population, failing, percent), enough[0])

    @given(st.integers(0, 10**6), st.sampled_from("ACD"))
    def test_checks_are_the_fewest_that_are_the_share(self, population, level):
        checks = required_checks(population, level)
        percent = {"A": 100, "C": 10, "D": 2}[level]
        self.assertGreaterEqual(100 * checks, population * percent)
        self.assertLess(100 * (checks - 1), max(population * percent, 1))

    @settings(deadline=None)
    @given(st.sets(st.text(max_size=4), max_size=20), st.integers(0, 25), FEW)
    def test_a_longer_draw_begins_with_the_shorter(self, keys, count, seed):
        members = population_of(Recipient(key, key) for key in keys)
        whole = draw(members, len(members), seed)
        self.assertEqual(Counter(whole), Counter(members))
        self.assertEqual(draw(members[::-1], count, seed), whole[:count])

    @given(st.dictionaries(st.text(max_size=2), FEW, max_size=5), st.integers(0, 99))
    def test_strata_share_all_checks_and_none_gets_more_than_it_has(self, sizes, count):
        found = spread(count, sizes)
        self.assertEqual(sum(found.values()), min(count, sum(sizes.values())))
        self.assertTrue(all(0 <= found[name] <= sizes[name] for name in sizes))
        there = [name for name, size in sizes.items() if size]
        if count >= len(there):
            self.assertTrue(all(found[name] for name in there))


class TestRecallDatesAlways(BaseCase):
    @given(DAYS, st.integers(0, 30), st.sets(st.integers(1, 60), max_size=12))
    def test_working_days_counted_day_by_day(self, event, count, off):
        days = WorkDays(frozenset(event + timedelta(days=n) for n in off))
        found = counted(event, count, days.is_working)
        span = [event + timedelta(days=n) for n in range(1, (found - event).days + 1)]
        self.assertEqual(sum(map(days.is_working, span)), count)
        self.assertTrue(not span or days.is_working(found))

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

    @given(DAYS, st.times(), st.integers(0, 20), st.sampled_from(ZONES))
    def test_what_is_due_is_due_on_its_day(self, day, clock, count, name):
        zone = ZoneInfo(name)
        event = datetime.combine(day, clock, timezone.utc)
        found = due(WORKING_DAYS, count, event, zone)
        self.assertGreater(found.at, event)
        last = found.at - timedelta(seconds=1)
        self.assertEqual(last.astimezone(zone).date(), found.day)

    @given(DAYS, st.integers(0, 60))
    def test_months_end_no_later_than_they_are_kept(self, day, months):
        later, kept = months_later(day, months), kept_until(day, months)
        self.assertLessEqual(later, kept)
        self.assertLessEqual(kept - later, timedelta(days=1))
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        self.assertEqual((later.year, later.month - 1), (year, month))

    @settings(deadline=None)
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


class TestRecallListsAlways(BaseCase):
    @settings(deadline=None)
    @given(
        st.lists(st.from_regex(r"[A-Z][A-Z0-9 /\-]{0,8}[A-Z0-9]", fullmatch=True)),
        st.sampled_from(["\n", "\r\n", ",", ";", "\t", " , ", "\n\n"]),
        st.booleans(),
    )
    def test_a_list_gives_its_numbers_in_order(self, numbers, separator, quoted):
        shown = [f'"{number}"' if quoted else number for number in numbers]
        pasted = read_list(separator.join(shown))
        found = [entry.number for entry in pasted.entries]
        self.assertEqual(found, list(dict.fromkeys(numbers)))
        self.assertEqual(len(found) + len(pasted.repeated), len(numbers))

    @settings(deadline=None)
    @given(st.text('",;\n\t a1()\x1d0'))
    def test_any_text_is_read(self, text):
        for entry in read_list(text).entries:
            self.assertTrue(entry.number)

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.answer.answers import problems_of
from ...tools.answer.balance import TOLERANCE, Line, rates_of, total_of
from ...tools.reconcile.effectiveness import required_checks
from ...tools.reconcile.population import Recipient, draw, population_of, spread
from ...tools.reconcile.power import missed, smallest_sample
from ...tools.reconcile.tiers import chain_of

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


class TestReconcileBalanceAlways(BaseCase):
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


class TestReconcileSamplesAlways(BaseCase):
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

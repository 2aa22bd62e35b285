from fractions import Fraction
from math import comb

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.learning.distributions import at_least, beta_cdf, beta_quantile
from ...tools.learning.rates import exact, funnel_limit
from ...tools.learning.suspects import Table, discovery_rates, fisher

COUNTS = st.integers(0, 30)
SIZES = st.integers(1, 60)
PERCENT = st.integers(1, 99)


def tail(count, whole, rate):
    """Return the chance of so many or more, in whole numbers."""
    return sum(
        comb(whole, k) * rate**k * (1 - rate) ** (whole - k)
        for k in range(count, whole + 1)
    )


class TestRandomRates(BaseCase):
    """Against the sums that define them, in fractions."""

    @settings(deadline=None)
    @given(COUNTS, SIZES, PERCENT)
    def test_the_chance_of_so_many_or_more(self, count, whole, percent):
        expected = float(tail(count, whole, Fraction(percent, 100)))
        self.assertAlmostEqual(
            at_least(count, whole, percent / 100), expected, places=11
        )

    @settings(deadline=None)
    @given(SIZES.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_an_exact_interval_leaves_out_what_is_unlikely(self, lot):
        bad, whole = lot
        low, high = exact(bad, whole)
        self.assertLessEqual(low, bad / whole)
        self.assertGreaterEqual(high, bad / whole)
        if bad:
            self.assertAlmostEqual(at_least(bad, whole, low), 0.025, places=9)
        if bad < whole:
            self.assertAlmostEqual(at_least(bad + 1, whole, high), 0.975, places=9)

    @settings(deadline=None)
    @given(PERCENT, st.integers(1, 400), st.integers(1, 400))
    def test_a_quantile_is_where_the_chance_is(self, percent, a, b):
        value = beta_quantile(percent / 100, a / 4, b / 4)
        self.assertAlmostEqual(beta_cdf(value, a / 4, b / 4), percent / 100, places=8)

    @settings(deadline=None)
    @given(PERCENT, SIZES)
    def test_limits_of_a_funnel_lie_around_what_is_usual(self, percent, size):
        limits = [
            funnel_limit(percent / 100, size, chance)
            for chance in (0.001, 0.025, 0.975, 0.999)
        ]
        self.assertEqual(limits, sorted(limits))
        self.assertLessEqual(limits[1], percent / 100 + 1e-9)


class TestRandomSuspects(BaseCase):
    """Against the definition of the test, in whole numbers."""

    @settings(deadline=None)
    @given(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS))
    def test_the_chance_of_an_accident(self, counts):
        table = Table(*counts)
        whole, holding, bad = sum(table), table.holding, table.bad
        ways = sum(
            comb(holding, k) * comb(whole - holding, bad - k)
            for k in range(table.bad_with, min(holding, bad) + 1)
        )
        expected = float(Fraction(ways, comb(whole, bad)))
        self.assertAlmostEqual(fisher(table), expected, places=9)

    @settings(deadline=None)
    @given(st.lists(st.integers(0, 1000).map(lambda n: n / 1000), max_size=12))
    def test_looking_at_many_makes_nobody_more_suspect(self, chances):
        """Against its definition: the least of later ones, by rank."""
        order = sorted(chances)
        for chance, found in zip(chances, discovery_rates(chances), strict=True):
            expected = min(
                (
                    each * len(chances) / (rank + 1)
                    for rank, each in enumerate(order)
                    if each >= chance
                ),
                default=1,
            )
            self.assertAlmostEqual(found, min(1, expected))

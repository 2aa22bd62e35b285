from math import exp, factorial

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.expiry.at_risk import expected_left_over
from ...tools.expiry.intervals import Held
from ...tools.expiry.kinetic_temperature import HOUR, highest_kinetic, mean_kinetic

CELSIUS = st.integers(-300, 500).map(lambda tenths: tenths / 10)


def hours(*pairs):
    return [Held(count * HOUR, celsius) for count, celsius in pairs]


class TestRandomTemperatures(BaseCase):
    """Against windows that are tried one by one."""

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.integers(1, 100), CELSIUS), min_size=1, max_size=12))
    def test_it_is_never_below_the_mean_and_knows_no_order(self, pairs):
        intervals = hours(*pairs)
        figure = mean_kinetic(intervals)
        mean = sum(h * c for h, c in pairs) / sum(h for h, _c in pairs)
        self.assertGreaterEqual(figure, mean - 1e-9)
        self.assertLessEqual(figure, max(c for _h, c in pairs) + 1e-9)
        self.assertAlmostEqual(mean_kinetic(intervals[::-1]), figure, places=9)

    @settings(deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(1, 20), st.integers(0, 30)), min_size=1, max_size=8
        ),
        st.integers(1, 40),
    )
    def test_no_window_is_worse_than_the_worst(self, pairs, window):
        """Against every window that begins at an hour, and ends at one."""
        temperatures = [celsius for count, celsius in pairs for _hour in range(count)]
        window = min(window, len(temperatures))
        expected = max(
            mean_kinetic(hours(*((1, each) for each in temperatures[first:][:window])))
            for first in range(len(temperatures) - window + 1)
        )
        found = highest_kinetic(hours(*pairs), window * HOUR)
        self.assertAlmostEqual(found, expected, places=6)


class TestRandomDemand(BaseCase):
    """Against the sum that defines it."""

    @settings(deadline=None)
    @given(st.integers(0, 40), st.integers(0, 600).map(lambda tenths: tenths / 10))
    def test_buyers_that_come_by_chance(self, quantity, demand):
        expected = sum(
            (quantity - k) * exp(-demand) * demand**k / factorial(k)
            for k in range(quantity)
        )
        self.assertAlmostEqual(expected_left_over(quantity, demand), expected, places=6)
        self.assertGreaterEqual(
            expected_left_over(quantity, demand) + 1e-9, quantity - demand
        )

from math import inf

from odoo.tests import BaseCase

from ...tools.learning.control_charts import (
    bad_share_limits,
    capability,
    fault_limits,
    individuals,
    signals,
)
from ...tools.learning.distributions import at_least, gamma_cdf, mid_p
from ...tools.learning.performance import on_time_in_full, yield_of
from ...tools.learning.rates import (
    ACTION,
    WARNING,
    exact,
    funnel_limit,
    per_million,
    poisson,
    smallest_clean_sample,
    wilson,
)
from ...tools.learning.shrinkage import Prior, chance_above, excess, prior_of, shrunk

LOTS = [(3, 50), (1, 200), (0, 40), (12, 400), (5, 240), (2, 300)]
VALUES = [10.1, 10.3, 9.9, 10.0, 10.4, 10.2, 9.8, 10.1, 10.6, 10.0]


def rounded(figures, digits=6):
    return tuple(round(figure, digits) for figure in figures)


class TestRates(BaseCase):
    """How many are bad of how many, and how far that can be trusted."""

    def test_exact_intervals(self):
        for lot, interval in (
            ((0, 20), (0, 0.168433)),
            ((1, 20), (0.001265, 0.248733)),
            ((3, 50), (0.012549, 0.165482)),
            ((12, 400), (0.015596, 0.051817)),
            ((0, 300), (0, 0.012221)),
            ((0, 0), (0, 1)),
            ((20, 20), (0.831567, 1)),
        ):
            self.assertEqual(rounded(exact(*lot)), interval, lot)

    def test_intervals_for_charts(self):
        self.assertEqual(rounded(wilson(0, 20)), (0, 0.161125))
        self.assertEqual(rounded(wilson(1, 20)), (0.008881, 0.236131))
        self.assertEqual(rounded(wilson(3, 50)), (0.020615, 0.162171))
        self.assertEqual(wilson(0, 0), (0, 1))

    def test_events_to_be_expected(self):
        for count, interval in {
            0: (0, 3.688879),
            1: (0.025318, 5.571643),
            3: (0.618672, 8.767273),
            5: (1.623486, 11.668332),
            12: (6.200575, 20.961585),
        }.items():
            self.assertEqual(rounded(poisson(count)), interval)

    def test_the_chance_that_a_batch_is_as_the_others(self):
        self.assertEqual(
            rounded((at_least(3, 50, 0.02), mid_p(3, 50, 0.02))), (0.078428, 0.048093)
        )
        self.assertEqual(
            rounded((at_least(12, 400, 0.015), mid_p(12, 400, 0.015))),
            (0.019249, 0.013787),
        )
        self.assertEqual(round(gamma_cdf(1, 3), 6), 0.080301, "the same by Poisson")

    def test_limits_of_a_funnel(self):
        upper = [funnel_limit(0.02, 50, chances[1]) for chances in (WARNING, ACTION)]
        self.assertEqual(rounded(upper), (0.057613, 0.09618))
        lower = [funnel_limit(0.02, 1000, chances[0]) for chances in (ACTION, WARNING)]
        self.assertEqual(rounded(lower), (0.007235, 0.011266))
        self.assertEqual(funnel_limit(0.02, 50, ACTION[0]), 0)
        with self.assertRaises(ValueError):
            funnel_limit(0.02, 0, 0.975)

    def test_parts_per_million(self):
        self.assertEqual(rounded(per_million(3, 12_000), 1), (250, 730.6))
        self.assertEqual(rounded(per_million(0, 500), 0), (0, 5991))
        self.assertEqual(per_million(0, 0), (None, 1_000_000))

    def test_how_many_good_ones_prove_something(self):
        shown = [smallest_clean_sample(rate) for rate in (0.01, 0.05, 0.1)]
        self.assertEqual(shown, [299, 59, 29])

    def test_more_bad_than_there_are_is_refused(self):
        for call in (exact, wilson, per_million):
            for lot in ((3, 2), (-1, 2)):
                with self.assertRaises(ValueError):
                    call(*lot)


class TestShrinkage(BaseCase):
    """Small batches are judged by what is known of the others as well."""

    def test_what_is_usual(self):
        prior = prior_of(LOTS)
        self.assertEqual(round(prior.mean, 6), 0.018699)
        self.assertEqual(round(prior.strength, 3), 121.494)
        self.assertEqual(rounded((prior.a, prior.b), 4), (2.2718, 119.2224))

    def test_batches_that_do_not_differ_are_all_as_usual(self):
        prior = prior_of([(2, 100), (2, 100), (2, 100)])
        self.assertEqual(prior, Prior(0.02, inf))
        self.assertEqual(shrunk(2, 100, prior), 0.02)
        self.assertEqual(chance_above(0.05, 2, 100, prior), 0)

    def test_without_a_failure_there_is_nothing_to_learn_from(self):
        for lots in ([(0, 20), (0, 30)], [], [(0, 0)], [(4, 4)]):
            self.assertIsNone(prior_of(lots))

    def test_the_small_batch_is_the_more_suspect_one(self):
        prior = Prior(0.02, 50)
        small, large = (chance_above(0.05, *lot, prior) for lot in ((3, 50), (12, 400)))
        self.assertEqual(rounded((small, large)), (0.264964, 0.010524))

    def test_complaints_of_a_kind_beside_what_was_to_be_expected(self):
        self.assertEqual(rounded(excess(5, 1.2)), (2.1875, 1.026661))
        self.assertEqual(rounded(excess(0, 1.2), 5), (0.625, 0.11105))
        self.assertEqual(rounded(excess(12, 4), 4), (2.3333, 1.4107))


class TestControlCharts(BaseCase):
    """Whether a process is as it always was, and good enough."""

    def test_single_values(self):
        chart = individuals(VALUES)
        self.assertEqual(
            rounded(chart), (10.14, 9.223778, 11.056222, 0.305359, 0.344444, 1.1253)
        )
        with self.assertRaises(ValueError):
            individuals([1])

    def test_shares_of_groups_of_any_size(self):
        weeks = [(4, 200), (3, 180), (9, 220), (5, 250), (2, 150)]
        usual, limits = bad_share_limits(weeks)
        self.assertEqual(usual, 0.023)
        highs = rounded(high for _low, high in limits)
        self.assertEqual(highs, (0.054799, 0.056519, 0.053319, 0.051442, 0.059719))
        self.assertTrue(
            all(
                bad / size <= high
                for (bad, size), (_l, high) in zip(weeks, limits, strict=True)
            )
        )

    def test_faults_a_unit(self):
        usual, limits = fault_limits([(8, 4), (10, 5)])
        self.assertEqual(usual, 2)
        self.assertEqual(rounded(limits[0], 4), (0, 4.1213))

    def test_what_is_unusual(self):
        self.assertEqual(signals(VALUES, 10.14, 0.305359), {})
        self.assertEqual(signals([0.1] * 9, 0, 1), {7: ["one_side"], 8: ["one_side"]})
        self.assertEqual(signals([2.1, 0, -2.1, 2.1], 0, 1), {})
        self.assertEqual(signals([2.1, 0, 2.1], 0, 1), {2: ["two_of_three"]})
        self.assertEqual(signals([-3.1], 0, 1), {0: ["beyond"]})

    def test_how_capable_a_process_is(self):
        found = capability(VALUES, 9.2, 11)
        self.assertEqual(
            rounded(found, 5), (0.98245, 0.93879, 1.2433, 1.18804, 0.69589)
        )
        one_sided = capability(VALUES, None, 11)
        self.assertEqual((one_sided.cp, one_sided.ppk), (None, found.ppk))
        for values, low, high in (([1, 1, 1], 0, 2), (VALUES, None, None), ([1], 0, 2)):
            with self.assertRaises(ValueError):
                capability(values, low, high)


class TestPerformance(BaseCase):
    """How suppliers deliver, and what a production made of what it was given."""

    def test_on_time_and_in_full(self):
        lines = [(True, True)] * 85 + [(True, False)] * 7 + [(False, True)] * 5
        self.assertEqual(on_time_in_full(lines + [(False, False)] * 3), 0.85)
        self.assertIsNone(on_time_in_full([]))

    def test_what_a_yield_was_worth(self):
        self.assertEqual(
            rounded(yield_of(5000, 970, 960)), (5.154639, 5.208333, -51.546392)
        )
        with self.assertRaises(ValueError):
            yield_of(5000, 970, 0)

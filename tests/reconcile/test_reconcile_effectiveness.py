from fractions import Fraction

from odoo.tests import BaseCase

from ...tools.reconcile.effectiveness import outcome_of, rates_of, required_checks
from ...tools.reconcile.population import (
    Recipient,
    draw,
    draw_strata,
    population_of,
    spread,
)
from ...tools.reconcile.power import (
    chance_to_see,
    failing_of,
    missed,
    power_table,
    smallest_sample,
)

#: Written down once: another order would be another draw.
DRAWN = ["C253", "C256", "C089", "C077", "C127", "C252", "C124"]


class TestRecallEffectiveness(BaseCase):
    """How many consignees are checked, and what it came to."""

    def test_nobody_is_checked_where_nobody_is(self):
        self.assertEqual([required_checks(0, level) for level in "ACDE"], [0] * 4)

    def test_checks_are_rounded_up_and_never_by_binary_numbers(self):
        wanted = {
            "C": {10: 1, 11: 2, 99: 10, 100: 10, 101: 11, 16000: 1600, 320: 32, 25: 3},
            "D": {50: 1, 51: 2, 99: 2, 100: 2, 101: 3, 16000: 320, 320: 7, 25: 1, 1: 1},
            "A": {320: 320, 25: 25, 1: 1},
            "E": {320: 0},
        }
        for level, counts in wanted.items():
            for population, checks in counts.items():
                self.assertEqual(
                    required_checks(population, level), checks, (level, population)
                )

    def test_the_share_of_level_b_is_chosen_between_c_and_a(self):
        self.assertEqual(required_checks(320, "B", 25), 80)
        self.assertEqual(required_checks(1000, "B", 12.3), 123)
        self.assertEqual(required_checks(1000, "B", 10.5), 105)
        self.assertEqual(required_checks(1000, "B", 99.5), 995)
        self.assertEqual(required_checks(1000, "B", Fraction(123, 10)), 123)
        for percent in (10, 100, 0, -1, 101, None, float("nan"), float("inf")):
            with self.assertRaises(ValueError, msg=percent):
                required_checks(320, "B", percent)

    def test_an_unknown_level_is_refused(self):
        for level in ("", "F", "a", "AB"):
            with self.assertRaises(ValueError):
                required_checks(320, level)
        with self.assertRaises(ValueError):
            required_checks(-1, "A")

    def test_one_who_got_no_notice_means_that_the_level_is_not_met(self):
        outcome = outcome_of("D", 320, required=7, verified=6, failed=1)
        self.assertFalse(outcome.is_met)
        self.assertEqual(outcome.proposals, [("C", 32), ("A", 320)])
        more = outcome_of("D", 320, required=7, verified=7, failed=1)
        self.assertFalse(more.is_met, "more checks do not put a failure right")
        self.assertTrue(outcome_of("D", 320, required=7, verified=7).is_met)

    def test_waivers_are_shown_both_ways(self):
        outcome = outcome_of("A", 320, required=320, verified=309, waived=6)
        self.assertEqual(
            [round(rate * 100, 2) for rate in outcome.rates], [96.56, 98.41]
        )
        self.assertFalse(outcome.is_met or outcome.is_met_without_waived)
        self.assertEqual(outcome.proposals, [])
        rest = outcome_of("A", 320, required=320, verified=314, waived=6)
        self.assertEqual((rest.is_met, rest.is_met_without_waived), (False, True))

    def test_no_rate_without_anybody_to_check(self):
        self.assertEqual(rates_of(0, 0), (None, None))
        self.assertEqual(rates_of(1, 1), (1.0, 1.0))
        self.assertFalse(
            outcome_of("D", 50, required=1, verified=0).is_met_without_waived
        )
        self.assertEqual(rates_of(3, 0, waived=3), (0.0, None))
        self.assertTrue(outcome_of("E", 320, required=0, verified=0).is_met)


class TestRecallPopulation(BaseCase):
    """Everybody is in the population once, and drawn by a seed that is kept."""

    def test_lots_and_addresses_of_one_company_are_one_consignee_or_its_sites(self):
        rows = [Recipient(site, "Dairy") for site in ("East", "West", "East")]
        self.assertEqual([m.key for m in population_of(rows)], ["Dairy"])
        self.assertEqual(population_of(rows)[0].sites, ("East", "West"))
        by_site = population_of(rows, by_site=True)
        self.assertEqual([m.key for m in by_site], ["East", "West"])

    def test_a_chain_answers_once_for_its_shops(self):
        rows = [Recipient(f"Shop {n}", f"Owner {n}", "", "Chain") for n in range(5)]
        for by_site in (False, True):
            self.assertEqual(len(population_of(rows, by_site)), 1)

    def test_a_seed_draws_the_same_everywhere(self):
        rows = [Recipient(f"C{n:03}", "") for n in range(320)]
        members = population_of(rows)
        drawn = [member.key for member in draw(members, 7, seed=20261124)]
        self.assertEqual(drawn, DRAWN)
        again = [member.key for member in draw(reversed(members), 7, seed=20261124)]
        self.assertEqual(drawn, again, "order of the list")
        other = [member.key for member in draw(members, 7, seed=1)]
        self.assertNotEqual(drawn, other)

    def test_who_joins_later_moves_nobody_else(self):
        members = population_of(Recipient(f"C{n}", "") for n in range(50))
        grown = population_of(Recipient(f"C{n}", "") for n in range(60))
        before = [m for m in draw(members, 50, 3)]
        after = [m for m in draw(grown, 60, 3) if m in members]
        self.assertEqual(before, after)

    def test_no_draw_of_less_than_nobody(self):
        with self.assertRaises(ValueError):
            draw([], -1, 0)
        self.assertEqual(draw([], 5, 0), [])
        self.assertEqual(draw(population_of([Recipient("A", "A")]), 0, 0), [])

    def test_who_is_of_two_strata_is_in_the_first_by_name(self):
        rows = [Recipient("A", "A", kind) for kind in ("school", "", "hospital")]
        self.assertEqual(population_of(rows)[0].stratum, "hospital")

    def test_what_division_leaves_goes_to_the_largest_remainders(self):
        sizes = {"a": 70, "b": 24, "c": 6}
        self.assertEqual(spread(10, sizes), {"a": 7, "b": 2, "c": 1})
        self.assertEqual(spread(20, sizes), {"a": 14, "b": 5, "c": 1})
        self.assertEqual(spread(2, sizes), {"a": 1, "b": 1, "c": 0})
        self.assertEqual(spread(3, {"a": 98, "b": 1, "c": 1}), dict.fromkeys("abc", 1))

    def test_strata_are_drawn_apart(self):
        rows = [Recipient(f"S{n}", "", "school") for n in range(9)]
        rows += [Recipient(f"R{n}", "") for n in range(90)]
        members = population_of(rows)
        counts = spread(10, {"": 90, "school": 9})
        drawn = draw_strata(members, counts, 5)
        kinds = [member.stratum for member in drawn]
        self.assertEqual((kinds.count(""), kinds.count("school")), (9, 1))


class TestRecallPower(BaseCase):
    """The chance that checks find any of those that failed."""

    def test_chances_of_the_levels(self):
        known = {
            (320, 11, 7): 21.9,
            (320, 11, 32): 69.2,
            (50, 5, 1): 10.0,
            (1000, 50, 20): 64.5,
            (16000, 160, 320): 96.1,
        }
        for case, percent in known.items():
            self.assertEqual(round(100 * chance_to_see(*case), 1), percent, case)

    def test_smallest_sample_for_a_chance(self):
        known = {20: 19, 50: 31, 100: 45, 320: 54, 1000: 57}
        for population, checks in known.items():
            failing = failing_of(population, 5)
            self.assertEqual(smallest_sample(population, failing, 95), checks)

    def test_a_chance_that_cannot_be_is_refused(self):
        for percent in (0, -5, 100.5, float("nan")):
            with self.assertRaises(ValueError, msg=percent):
                smallest_sample(20, 1, percent)
        for case in ((10, 11, 1), (10, 1, 11), (10, -1, 1), (-1, 0, 0)):
            with self.assertRaises(ValueError, msg=case):
                missed(*case)

    def test_certainty_takes_all_but_the_failures_and_one(self):
        self.assertEqual(smallest_sample(20, 3, 100), 18)

    def test_the_table_shows_each_share(self):
        self.assertEqual(list(power_table(320, 7)), [1, 3, 5, 10])
        self.assertEqual(set(power_table(0, 0).values()), {0.0})

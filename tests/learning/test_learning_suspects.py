from math import inf

from odoo.tests import BaseCase

from ...tools.learning.suspects import (
    Table,
    discovery_rates,
    fisher,
    holm,
    inseparable,
    log_likelihood,
    mantel_haenszel,
    odds_interval,
    posteriors,
)
from ...tools.learning.tracing_score import scores

GUILTY, LIKELY, ALWAYS = Table(6, 4, 2, 88), Table(3, 7, 5, 85), Table(8, 2, 0, 90)
FEW, MANY = Table(1, 9, 7, 83), Table(4, 36, 4, 56)


class TestSuspects(BaseCase):
    """What bad batches have in common that good ones have not."""

    def test_how_much_more_often_those_with_it_are_bad(self):
        self.assertEqual((GUILTY.odds_ratio, round(GUILTY.lift, 6)), (66, 7.5))
        self.assertEqual(round(GUILTY.relative_risk, 6), 27)
        self.assertEqual(GUILTY.coverage, 0.75)
        self.assertEqual(round(LIKELY.odds_ratio, 4), 7.2857)
        self.assertEqual(round(LIKELY.lift, 6), 3.75)

    def test_one_that_is_in_all_the_bad_ones(self):
        self.assertEqual((ALWAYS.odds_ratio, ALWAYS.relative_risk), (inf, None))
        self.assertEqual(round(ALWAYS.lift, 6), 10)
        self.assertEqual(round(odds_interval(ALWAYS)[0], 1), 615.4)

    def test_intervals_of_odds(self):
        ratio, low, high = odds_interval(GUILTY)
        self.assertEqual((round(ratio, 4), round(low, 4)), (51.1333, 8.9826))
        self.assertEqual(round(high, 2), 291.08)

    def test_nothing_known_is_nothing_said(self):
        nothing = Table(0, 0, 0, 0)
        self.assertEqual((nothing.odds_ratio, nothing.lift), (None, 0))
        self.assertEqual((nothing.coverage, nothing.relative_risk), (0, None))
        self.assertEqual(fisher(nothing), 1)

    def test_the_chance_that_it_is_an_accident(self):
        found = [f"{fisher(table):.3e}" for table in (GUILTY, ALWAYS)]
        self.assertEqual(found, ["4.578e-06", "2.418e-10"])
        rounded = [round(fisher(table), 6) for table in (LIKELY, FEW, MANY)]
        self.assertEqual(rounded, [0.031388, 0.583447, 0.403419])

    def test_many_suspects_were_looked_at(self):
        chances = [fisher(table) for table in (GUILTY, LIKELY, ALWAYS, FEW, MANY)]
        chances.append(6.77e-7)
        by_hochberg = discovery_rates(chances)
        self.assertEqual(f"{by_hochberg[0]:.3e}", "9.156e-06")
        self.assertEqual(round(by_hochberg[1], 6), 0.047082)
        self.assertEqual(f"{by_hochberg[2]:.3e}", "1.451e-09")
        self.assertEqual([round(p, 6) for p in by_hochberg[3:5]], [0.583447, 0.484103])
        by_yekutieli = discovery_rates(chances, dependent=True)
        self.assertEqual(round(by_yekutieli[1], 6), 0.115352)
        self.assertEqual(round(holm(chances)[1], 6), 0.094165)
        self.assertEqual((discovery_rates([]), holm([])), ([], []))

    def test_an_ingredient_is_not_blamed_for_a_bad_recipe(self):
        """Half of the bad recipe is bad, with the ingredient or without it."""
        bad_recipe, good_recipe = Table(20, 20, 5, 5), Table(0, 5, 0, 45)
        together = Table(*map(sum, zip(bad_recipe, good_recipe, strict=True)))
        self.assertLess(fisher(together), 0.001, "it seems guilty")
        ratio, chance = mantel_haenszel([bad_recipe, good_recipe])
        self.assertEqual((ratio, chance), (1, 1))

    def test_strata_add_up(self):
        ratio, chance = mantel_haenszel([GUILTY, GUILTY])
        self.assertEqual(round(ratio, 6), 66)
        self.assertLess(chance, fisher(GUILTY))
        self.assertEqual(mantel_haenszel([]), (None, 1))
        self.assertEqual(mantel_haenszel([ALWAYS])[0], inf)

    def test_those_that_always_came_together_are_one(self):
        holders = {"salt": {1, 2}, "flour": {1, 2}, "oil": {2}}
        self.assertEqual(inseparable(holders), [["salt", "flour"], ["oil"]])

    def test_how_well_a_source_explains_where_the_cases_are(self):
        cases = {"x": 6, "y": 3, "z": 1}
        first = log_likelihood({"x": 0.5, "y": 0.4, "z": 0.1}, cases, 0)
        second = log_likelihood({"x": 0.2, "y": 0.3, "z": 0.5}, cases, 0)
        self.assertEqual((round(first, 6), round(second, 6)), (-9.21034, -13.961693))
        chances = posteriors({"first": first, "second": second})
        self.assertEqual(round(chances["first"], 6), 0.991434)
        self.assertEqual(round(chances["second"], 6), 0.008566)

    def test_one_wrong_record_acquits_nobody(self):
        cases = {"x": 6, "elsewhere": 1}
        self.assertEqual(log_likelihood({"x": 1}, cases, 0), -inf)
        self.assertGreater(log_likelihood({"x": 1}, cases), -inf)
        self.assertEqual(posteriors({"only": -inf}), {"only": 0})

    def test_scores_of_a_graph_of_deliveries(self):
        ways = {"S1": ["A1"], "A1": ["R1", "R2"], "S2": ["A2", "B"], "A2": ["R2"]}
        found = scores({**ways, "B": ["R3"]}, {"R1": 1, "R2": 1, "R3": 1})
        rounded = [round(found[node], 4) for node in ("S1", "S2", "A1", "B")]
        self.assertEqual(rounded, [0.6667, 0.6667, 0.6667, 0.3333])

    def test_who_is_known_to_be_good_speaks_for_a_source(self):
        ways = {"S": ["R1", "R2"], "loop": ["loop", "R1"]}
        weights = {"R1": 2, "R2": -1}
        self.assertEqual(scores(ways, weights)["S"], 0.5)
        self.assertEqual(scores(ways, weights, "negative")["S"], 1)
        self.assertEqual(scores(ways, weights)["loop"], 1)
        self.assertEqual(set(scores(ways, {}).values()), {0})

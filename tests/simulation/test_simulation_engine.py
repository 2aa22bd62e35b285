import random

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.removal.ordering import FEFO, FEMAL, FESAL, FIFO, LIFO, LOFO, ORDERINGS
from ...tools.removal.remaining_life import Requirement
from ...tools.simulation.replay import Demand, Lot, Policy, replay


def make_lot(day, quantity, ends, produced, cost):
    """Return a lot whose printed and true ends are days of the same calendar."""
    expiry, effective = ends
    known = {"expiry": expiry, "effective": effective, "produced": produced}
    return Lot(None, day, quantity, cost=cost, **known)


def make_demand(day, quantity, days, percent):
    return Demand(day, quantity, Requirement(days=days, percent=percent))


ENDS = st.one_of(st.none(), st.integers(1, 40))
LOTS = st.lists(
    st.builds(
        make_lot,
        st.integers(0, 20),
        st.integers(1, 9),
        st.tuples(ENDS, ENDS),
        st.one_of(st.none(), st.integers(-5, 0)),
        st.integers(0, 3),
    ),
    max_size=8,
)
DAYS, AMOUNTS = st.integers(0, 45), st.integers(1, 6)
DEMANDS = st.lists(
    st.builds(make_demand, DAYS, AMOUNTS, st.integers(0, 9), st.sampled_from([0, 50])),
    max_size=10,
)
EASY_DEMANDS = st.lists(st.builds(make_demand, DAYS, AMOUNTS, st.just(0), st.just(0)))
METHODS = st.sampled_from(list(ORDERINGS.values()))


class TestReplay(BaseCase):
    """What a year would have been like under another strategy."""

    @given(LOTS, DEMANDS, METHODS, st.integers(0, 4))
    @settings(max_examples=200, deadline=None)
    def test_nothing_appears_and_nothing_vanishes(self, lots, demands, ordering, days):
        outcome = replay(lots, demands, Policy(ordering, days, days))
        accounted = outcome.sold + outcome.wasted + outcome.left
        self.assertAlmostEqual(outcome.received, accounted)
        wanted = sum(demand.quantity for demand in demands)
        self.assertAlmostEqual(wanted, outcome.sold + outcome.lost)

    @given(LOTS, DEMANDS)
    @settings(max_examples=200, deadline=None)
    def test_who_knows_of_the_warmth_sells_nothing_spoiled(self, lots, demands):
        self.assertEqual(replay(lots, demands, Policy(FESAL)).too_late, 0)

    @given(LOTS, DEMANDS)
    @settings(max_examples=200, deadline=None)
    def test_without_warmth_both_expiry_strategies_are_one(self, lots, demands):
        cool = [lot._replace(effective=None) for lot in lots]
        fefo = replay(cool, demands, Policy(FEFO))
        self.assertEqual(replay(cool, demands, Policy(FESAL)), fefo)

    @given(LOTS, EASY_DEMANDS)
    @settings(max_examples=200, deadline=None)
    def test_first_expiry_wastes_least_where_all_lots_are_there(self, lots, demands):
        there = [lot._replace(day=0, effective=None) for lot in lots]
        fefo = replay(there, demands, Policy(FEFO))
        for ordering in (FIFO, LIFO, LOFO, FEMAL):
            other = replay(there, demands, Policy(ordering))
            self.assertLessEqual(fefo.wasted, other.wasted + 1e-9, ordering.method)

    def test_a_margin_keeps_short_lots_from_being_sold(self):
        lots = [Lot("short", 0, 5, expiry=12), Lot("long", 0, 5, expiry=40)]
        demand = [Demand(5, 3)]
        self.assertEqual(replay(lots, demand, Policy(FEMAL)).mean_life, 7)
        picky = replay(lots, demand, Policy(FEMAL, margin_days=10))
        self.assertEqual(picky.mean_life, 35)

    def test_short_lots_go_to_those_who_accept_them(self):
        lots = [Lot("short", 0, 5, expiry=12), Lot("long", 0, 5, expiry=40)]
        demand = [Demand(5, 5, Requirement(days=20)), Demand(6, 5)]
        outcome = replay(lots, demand, Policy(FEFO))
        self.assertEqual((outcome.sold, outcome.lost, outcome.wasted), (10, 0, 0))

    def test_days_in_transit_are_days_lost(self):
        lots = [Lot("short", 0, 5, expiry=12)]
        demand = [Demand(5, 5, Requirement(days=5), transit=3)]
        self.assertEqual(replay(lots, demand, Policy(FEFO)).lost, 5)

    def test_hummus_with_older_chickpeas_goes_first(self):
        """Made later, it expires earlier, for what is in it."""
        lots = [
            Lot("monday", 0, 5, expiry=30, best_before=25),
            Lot("tuesday", 1, 5, expiry=28, best_before=20),
        ]
        demand = [Demand(2, 5), Demand(26, 5)]
        fifo = replay(lots, demand, Policy(FIFO))
        femal = replay(lots, demand, Policy(FEMAL, window_days=3))
        self.assertEqual(fifo.mean_life, ((25 - 2) + (20 - 26)) / 2)
        self.assertEqual(femal.mean_life, 20 - 2, "Monday's is past its best by then")
        self.assertEqual(femal.lost, 5)

    def test_a_season_with_and_without_warm_lorries(self):
        chance = random.Random(7)
        lots, demands = [], []
        for day in range(120):
            warm = 4 if chance.random() < 0.3 else 0
            end = day + chance.randint(9, 14)
            lots.append(Lot(day, day, 60, expiry=end, effective=end - warm))
            demands.append(Demand(day + 0.5, chance.randint(35, 75)))
        fefo = replay(lots, demands, Policy(FEFO))
        fesal = replay(lots, demands, Policy(FESAL))
        self.assertGreater(fefo.too_late, 0)
        self.assertEqual(fesal.too_late, 0)

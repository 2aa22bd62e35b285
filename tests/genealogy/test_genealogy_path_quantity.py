from itertools import pairwise
from math import inf
from unittest.mock import patch

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.genealogy import cycles
from ...tools.genealogy.order import in_order
from ...tools.genealogy.path_quantity import path_quantities
from ...tools.genealogy.steps import SAME_MOMENT, Hop, agree, in_time, steps_of

NODES = 7
HOUR = 3600


@st.composite
def hops(draw, acyclic, nodes=NODES, most_hops=14):
    """Return hops with distinct ends, and how much there is of each lot.

    Some use more than there is, some are dated, some are made before they are used.
    """
    lots = st.integers(0, nodes - 1)
    pairs = draw(st.sets(st.tuples(lots, lots), max_size=most_hops))
    found = []
    for parent, child in sorted(pairs):
        if acyclic and parent >= child:
            continue
        most = draw(st.integers(1, 10))
        quantity = draw(st.integers(0, most))
        exact = draw(st.integers(0, quantity))
        dates = draw(
            st.sampled_from([(-inf, inf), *((n * HOUR, n * HOUR) for n in range(5))])
        )
        possible = draw(st.integers(0, 9)) > 0
        found.append(Hop(parent, child, quantity, exact, most, *dates, possible))
    totals = {lot: draw(st.integers(1, 20)) for lot in range(nodes)}
    return found, totals


def walked(starts, steps, totals, back=False):
    return path_quantities(starts, steps_of(steps, totals, back), totals, back)


class TestPathQuantity(BaseCase):
    """How much of a lot is in another, along all ways between them."""

    def naive(self, hops, totals, upper, lower):
        """Add up every way that meets no lot twice, each by the shares along it."""
        graph = networkx.DiGraph()
        graph.add_nodes_from(totals)
        for hop in hops:
            graph.add_edge(hop.parent, hop.child, hop=hop)
        sums = [0, 0, 0]
        for path in networkx.all_simple_paths(graph, upper, lower):
            way = [graph.edges[ends]["hop"] for ends in pairwise(path)]
            amounts = [totals[upper]] * 3
            for hop in way:
                for place, used in enumerate((hop.exact, hop.quantity, hop.most)):
                    whole = totals[hop.parent]
                    amounts[place] *= min(whole, used) / whole
            if not self.agrees_with_dates(way):
                amounts[0] = 0
            sums = [sum(both) for both in zip(sums, amounts, strict=True)]
        return [min(totals[upper], amount) for amount in sums]

    def agrees_with_dates(self, way):
        in_turn = all(
            second.used + SAME_MOMENT >= first.made for first, second in pairwise(way)
        )
        return in_turn and all(hop.is_possible for hop in way)

    def check_against_every_way(self, steps, totals):
        for upper in totals:
            found = walked([upper], steps, totals)
            for lower, reached in found.items():
                if lower == upper:
                    self.assertEqual(reached, (0, *[totals[upper]] * 3))
                    continue
                expected = self.naive(steps, totals, upper, lower)
                for value, wanted in zip(reached[1:], expected, strict=True):
                    self.assertAlmostEqual(value, wanted, 6)

    @settings(max_examples=500, deadline=None)
    @given(hops(acyclic=True))
    def test_same_as_adding_up_every_way(self, case):
        self.check_against_every_way(*case)

    @settings(max_examples=300, deadline=None)
    @given(hops(acyclic=False))
    def test_same_as_adding_up_every_way_that_meets_no_lot_twice(self, case):
        self.check_against_every_way(*case)

    @settings(max_examples=200, deadline=None)
    @given(hops(acyclic=False, nodes=14, most_hops=24))
    def test_the_same_among_many_lots_that_are_not_dense(self, case):
        self.check_against_every_way(*case)

    @settings(max_examples=200, deadline=None)
    @given(hops(acyclic=False), st.booleans())
    def test_where_ways_are_too_many_the_figure_is_a_bound(self, case, may_turn):
        """Not less than it is, not more than there was, the same in both directions.

        Stepping straight back brings something in only where that is not ruled out.
        """
        steps, totals = case
        with patch.object(cycles, "MOST_WAYS", 0):
            narrow = self.check_is_a_bound(steps, totals)
            if may_turn:
                with patch.object(cycles, "_can_keep_before", lambda _inner: False):
                    wide = self.check_is_a_bound(steps, totals)
                for key, value in narrow.items():
                    self.assertLessEqual(value, wide[key] + 1e-6)

    def check_is_a_bound(self, steps, totals):
        """Return ``{(upper, lower): proportional}`` after having checked it."""
        bounds = {}
        for upper in totals:
            for lower, reached in walked([upper], steps, totals).items():
                if lower == upper:
                    continue
                _exact, proportional, worst = self.naive(steps, totals, upper, lower)
                self.assertGreaterEqual(reached.proportional, proportional - 1e-6)
                self.assertGreaterEqual(reached.worst, worst - 1e-6)
                self.assertLessEqual(reached.proportional, totals[upper])
                bounds[upper, lower] = reached.proportional
        self.check_both_directions(steps, totals)
        return bounds

    def check_both_directions(self, steps, totals):
        forward = {lot: walked([lot], steps, totals) for lot in totals}
        back = {lot: walked([lot], steps, totals, back=True) for lot in totals}
        for upper, reached in forward.items():
            for lower, found in reached.items():
                for value, wanted in zip(found, back[lower][upper], strict=True):
                    self.assertAlmostEqual(value, wanted, 6, (upper, lower))

    @settings(max_examples=500, deadline=None)
    @given(hops(acyclic=False))
    def test_forward_and_back_agree_on_every_pair(self, case):
        self.check_both_directions(*case)

    @settings(max_examples=100, deadline=None)
    @given(hops(acyclic=False, nodes=12, most_hops=60))
    def test_they_agree_where_many_lots_lie_on_cycles_together(self, case):
        self.check_both_directions(*case)

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=18))
    def test_what_hangs_on_a_batch_by_itself_is_found_by_every_way(self, pieces):
        """Lots split off, and put back or not, of any of those before: a tree."""
        totals = {"raw": 10, 0: 100}
        found = [Hop("raw", 0, 10, 10, 10)]
        for piece, (of, is_undone) in enumerate(pieces, 1):
            parent = of % piece
            totals[piece] = taken = totals[parent] / 10
            found.append(Hop(parent, piece, taken, taken, taken))
            if is_undone:
                found.append(Hop(piece, parent, taken, taken, taken))
        self.check_against_every_way(found, totals)

    def ring(self, count):
        """A lot goes into the first of a ring, all of each into the next."""
        totals = {"raw": 10, **dict.fromkeys(range(count), 10)}
        around = [Hop(n, (n + 1) % count, 10, 10, 10) for n in range(count)]
        return [Hop("raw", 0, 10, 10, 10), *around], totals

    def test_a_ring_of_any_length_holds_what_went_in(self):
        for count in (9, 32, 33, 34, 60, 200):
            steps, totals = self.ring(count)
            reached = walked(["raw"], steps, totals)
            self.assertEqual({found[1:] for found in reached.values()}, {(10, 10, 10)})
            last = walked([count - 1], steps, totals, back=True)["raw"]
            self.assertEqual(last, (count, 10, 10, 10))

    def test_where_ways_are_too_many_all_of_it_may_be_anywhere(self):
        steps, totals = self.ring(60)
        steps += [Hop(n, (n + 7) % 60, 1, 1, 1) for n in range(60)]
        with patch("odoo.addons.batch_tracking.tools.genealogy.cycles.MOST_TAKEN", 90):
            reached = walked(["raw"], steps, totals)
        self.assertEqual({found.worst for found in reached.values()}, {10})
        self.assertEqual({found.proportional for found in reached.values()}, {10})

    def test_a_batch_split_into_pieces_and_put_back_holds_no_more_than_before(self):
        """10 kg in a batch of 100, of which pieces of 1 were split off and undone."""
        for count in (1, 8, 40, 600):
            totals = {"raw": 10, "batch": 100, **dict.fromkeys(range(count), 1)}
            steps = [Hop("raw", "batch", 10, 10, 10)]
            for piece in range(count):
                steps += [
                    Hop("batch", piece, 1, 1, 1),
                    Hop(piece, "batch", 1, 1, 1),
                ]
            reached = walked(["raw"], steps, totals)
            self.assertEqual(reached["batch"], (1, 10, 10, 10))
            self.assertEqual(reached[count - 1], (2, 0.1, 0.1, 0.1))
            back = walked([count - 1], steps, totals, back=True)
            for value in back["raw"][1:]:
                self.assertAlmostEqual(value, 0.1)

    def test_a_hundred_litres_of_milk_are_in_ten_kilos_of_cheese(self):
        """Whichever lot is asked, and although parent and child have other units."""
        steps = [Hop("milk", "cheese", 100, 100, 100)]
        totals = {"milk": 100, "cheese": 10}
        for found in (
            walked(["milk"], steps, totals)["cheese"],
            walked(["cheese"], steps, totals, back=True)["milk"],
        ):
            self.assertEqual(found, (1, 100, 100, 100))

    def test_more_than_there_was_is_in_nothing(self):
        """By-products count what was used once more each, and then they meet again."""
        pairs = [("milk", "whey"), ("milk", "curd"), ("whey", "end"), ("curd", "end")]
        steps = [Hop(*pair, 100, 100, 100) for pair in pairs]
        totals = dict.fromkeys(("milk", "whey", "curd"), 100) | {"end": 10}
        self.assertEqual(walked(["milk"], steps, totals)["end"].worst, 100)
        self.assertEqual(walked(["end"], steps, totals, back=True)["milk"].worst, 100)

    @settings(max_examples=500, deadline=None)
    @given(hops(acyclic=False), st.sets(st.integers(0, NODES - 1), min_size=1))
    def test_it_ends_on_cycles_and_keeps_its_order(self, case, starts):
        steps, totals = case
        graph = networkx.DiGraph([hop[:2] for hop in steps])
        graph.add_nodes_from(starts)
        found = walked(sorted(starts), steps, totals)
        expected = networkx.multi_source_dijkstra_path_length(graph, starts)
        self.assertEqual(
            {lot: reached.depth for lot, reached in found.items()}, expected
        )
        most = sum(totals[lot] for lot in starts)
        for reached in found.values():
            self.assertLessEqual(reached.certain, reached.proportional + 1e-9)
            self.assertLessEqual(reached.proportional, reached.worst + 1e-9)
            self.assertLessEqual(reached.worst, most)

    def test_what_joins_from_a_lot_that_is_not_reached_does_not_matter(self):
        pairs = [(0, 1), (0, 4), (1, 3), (2, 3), (3, 4), (4, 5)]
        steps = [Hop(*pair, 0, 0, 1) for pair in pairs]
        found = walked([0], steps, {**dict.fromkeys(range(NODES), 1), 0: 2})
        self.assertEqual(found[5].worst, 2)
        self.assertNotIn(2, found)

    def test_a_possible_ingredient_is_in_none_for_certain_and_in_all_at_worst(self):
        steps = [Hop("cell", unit, 0.5, 0, 1) for unit in ("one", "two")]
        found = walked(["cell"], steps, {"cell": 1, "one": 1, "two": 1})
        self.assertEqual(found["one"][1:], (0, 0.5, 1))
        self.assertEqual(found["two"][1:], (0, 0.5, 1))


class TestOrder(BaseCase):
    """A lot is visited when all that flows into it has arrived."""

    def test_what_takes_a_longer_way_arrives_before_the_lot_passes_on(self):
        """The direct hop is there long before the one by way of three others."""
        pairs = ["ae", "ab", "bc", "cd", "de", "ef"]
        steps = [Hop(*pair, 5, 5, 5) for pair in pairs]
        totals = dict.fromkeys("bcd", 5) | {"a": 10, "e": 10, "f": 5}
        for start, other, back in (("a", "f", False), ("f", "a", True)):
            found = walked([start], steps, totals, back)[other]
            self.assertEqual(found, (2, 5, 5, 5))

    @settings(max_examples=500, deadline=None)
    @given(hops(acyclic=False))
    def test_groups_are_the_cycles_each_after_its_sources(self, case):
        steps, totals = case
        following = {lot: [] for lot in totals}
        for hop in steps:
            following[hop.parent].append(hop.child)
        groups = in_order(totals, following)
        graph = networkx.DiGraph(following)
        expected = set(map(frozenset, networkx.strongly_connected_components(graph)))
        self.assertEqual(set(map(frozenset, groups)), expected)
        place = {lot: number for number, lots in enumerate(groups) for lot in lots}
        for hop in steps:
            self.assertLessEqual(place[hop.parent], place[hop.child])


class TestInTime(BaseCase):
    """What was made before cannot hold what came later."""

    @settings(max_examples=500, deadline=None)
    @given(hops(acyclic=True))
    def test_same_as_trying_every_way(self, case):
        steps, totals = case
        graph = networkx.DiGraph()
        graph.add_nodes_from(totals)
        for hop in steps:
            graph.add_edge(hop.parent, hop.child, hop=hop)
        expected = {0}
        for lower in totals:
            for path in networkx.all_simple_paths(graph, 0, lower):
                way = [graph.edges[ends]["hop"] for ends in pairwise(path)]
                if TestPathQuantity().agrees_with_dates(way):
                    expected.add(lower)
        walk = steps_of(steps)
        self.assertEqual(in_time([0], walk).lots, expected)
        if agree(walk):
            self.assertEqual(expected, set(walked([0], steps, totals)))

    def test_the_last_that_was_taken_may_hold_what_came_before(self):
        """It was made over days, and taken from over days."""
        steps = [
            Hop("late", "vat", 1, 1, 1, made=50 * HOUR),
            Hop("vat", "first", 1, 1, 1, made=10 * HOUR, used=10 * HOUR),
            Hop("vat", "last", 1, 1, 1, made=10 * HOUR, used=90 * HOUR),
        ]
        found = in_time(["late"], steps_of(steps))
        self.assertEqual(found.lots, {"late", "vat", "last"})
        self.assertEqual(found.steps, {("late", "vat"), ("vat", "last")})

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.genealogy.path_quantity import (
    Hop,
    path_quantities,
)

NODES = 7


@st.composite
def hops(draw, acyclic):
    """Return hops with distinct ends, and how much there is of each lot."""
    pairs = draw(
        st.sets(
            st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)),
            max_size=14,
        )
    )
    found = []
    for source, target in sorted(pairs):
        if acyclic and source >= target:
            continue
        most = draw(st.integers(1, 10))
        quantity = draw(st.integers(0, most))
        exact = draw(st.integers(0, quantity))
        found.append(Hop(source, target, quantity, exact, most, 0))
    totals = {lot: draw(st.integers(1, 20)) for lot in range(NODES)}
    return found, totals


class TestPathQuantity(BaseCase):
    """How much of a lot is in another, along all ways between them."""

    def naive(self, hops, totals, target, amount):
        """Add up every single path, each by the shares along it."""
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(NODES))
        for hop in hops:
            share = min(1, amount(hop) / totals[hop.source])
            graph.add_edge(hop.source, hop.target, share=share)
        if target == 0:
            return totals[0]
        whole = 0
        for path in networkx.all_simple_paths(graph, 0, target):
            part = totals[0]
            for ends in networkx.utils.pairwise(path):
                part *= graph.edges[ends]["share"]
            whole += part
        return whole

    @settings(max_examples=1500, deadline=None)
    @given(hops(acyclic=True))
    def test_same_as_adding_up_every_path(self, case):
        steps, totals = case
        for lot, found in path_quantities([0], steps, totals).items():
            for value, amount in (
                (found.certain, lambda hop: hop.exact),
                (found.proportional, lambda hop: hop.quantity),
                (found.worst, lambda hop: hop.most),
            ):
                expected = self.naive(steps, totals, lot, amount)
                self.assertAlmostEqual(value, expected, 6)

    @settings(max_examples=1000, deadline=None)
    @given(hops(acyclic=False), st.sets(st.integers(0, NODES - 1), min_size=1))
    def test_it_ends_on_cycles_and_keeps_its_order(self, case, starts):
        steps, totals = case
        graph = networkx.DiGraph([hop[:2] for hop in steps])
        graph.add_nodes_from(starts)
        found = path_quantities(sorted(starts), steps, totals)
        expected = networkx.multi_source_dijkstra_path_length(graph, starts)
        self.assertEqual(
            {lot: reached.depth for lot, reached in found.items()}, expected
        )
        for reached in found.values():
            self.assertLessEqual(reached.certain, reached.proportional + 1e-9)
            self.assertLessEqual(reached.proportional, reached.worst + 1e-9)

    def test_what_joins_from_a_lot_that_is_not_reached_does_not_matter(self):
        pairs = [(0, 1), (0, 4), (1, 3), (2, 3), (3, 4), (4, 5)]
        steps = [Hop(*pair, 0, 0, 1, 0) for pair in pairs]
        found = path_quantities([0], steps, dict.fromkeys(range(NODES), 1))
        self.assertEqual(found[5].worst, 2)
        self.assertNotIn(2, found)

    def test_a_possible_ingredient_is_in_none_for_certain_and_in_all_at_worst(self):
        steps = [Hop("cell", unit, 0.5, 0, 1, 1) for unit in ("one", "two")]
        found = path_quantities(["cell"], steps, {"cell": 1, "one": 1, "two": 1})
        self.assertEqual(found["one"][1:], (0, 0.5, 1))
        self.assertEqual(found["two"][1:], (0, 0.5, 1))

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.recall.reach import POSSIBLE, Way, reach

LOT = st.integers(0, 7)
WAYS = st.lists(
    st.tuples(LOT, LOT, st.integers(1, POSSIBLE), st.booleans()).map(
        lambda values: Way(*values)
    ),
    max_size=20,
)


class TestReachAlways(BaseCase):
    """The scopes against graphs that networkx walks."""

    @settings(deadline=None)
    @given(LOT, WAYS, st.sets(LOT, max_size=2))
    def test_scopes_are_what_a_graph_reaches(self, start, ways, left_out):
        ways = [way._replace(doubt=1) if way.is_certain else way for way in ways]
        found = reach([start], ways, left_out)
        certain = self.walk(start, [w for w in ways if w.is_certain], left_out)
        likely = self.walk(start, [w for w in ways if w.doubt < POSSIBLE], left_out)
        every = self.walk(start, ways, left_out)
        self.assertEqual(found.keys(), every)
        for lot, each in found.items():
            least = 1 if lot in certain else 2 if lot in likely else 3
            self.assertEqual(each.scope, least, lot)

    def walk(self, start, ways, left_out):
        if start in left_out:
            return set()
        graph = networkx.DiGraph()
        graph.add_node(start)
        graph.add_edges_from((way.parent, way.child) for way in ways)
        graph.remove_nodes_from(left_out)
        return {start, *networkx.descendants(graph, start)}

    def test_what_was_made_before_is_reached_and_is_not_certain(self):
        early = Way("bad", "pot", 1, is_certain=True, made=1e6, used=1e6)
        late = Way("vat", "pot", 1, is_certain=True, made=1e6, used=1e6)
        filled = Way("bad", "vat", 1, is_certain=True, made=9e6, used=9e6)
        found = reach(["bad"], [filled, late])
        self.assertTrue(found["pot"].is_too_early)
        self.assertGreater(found["pot"].scope, 1)
        found = reach(["bad"], [filled, late, early])
        self.assertFalse(found["pot"].is_too_early)
        self.assertEqual(found["pot"].scope, 1)

import io

import networkx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.batch_tracking.tools import workbook
from odoo.addons.batch_tracking.tools.genealogy.path_quantity import (
    Hop,
    path_quantities,
)
from odoo.addons.batch_tracking.tools.trace.graph_groups import Group, Lot, group_lots
from odoo.addons.batch_tracking.tools.trace.returns import Receipt, settle

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
    for one, other in sorted(pairs):
        if acyclic and one >= other:
            continue
        most = draw(st.integers(1, 10))
        quantity = draw(st.integers(0, most))
        exact = draw(st.integers(0, quantity))
        found.append(Hop(one, other, quantity, exact, most, 0))
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
        self.assertEqual({lot: one.depth for lot, one in found.items()}, expected)
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


class TestSettle(BaseCase):
    """Returns count against the addresses that have the goods."""

    def test_nothing_is_lost_and_strangers_stay(self):
        rows = [
            Receipt(1, 10, 7, delivered=2),
            Receipt(1, 11, 7, delivered=1),
            Receipt(1, 12, 7, returned=5),
            Receipt(1, 20, 20, delivered=9),
            Receipt(2, 12, 7, delivered=4),
        ]
        settled = {(r.lot_id, r.partner_id): r.returned for r in settle(rows)}
        self.assertEqual(
            settled, {(1, 10): 2, (1, 11): 1, (1, 12): 2, (1, 20): 0, (2, 12): 0}
        )


class TestFold(BaseCase):
    """Many lots fit a screen."""

    def lots(self, level, product_id, count):
        return [
            Lot((level, product_id, n), level, product_id, f"L-{n:04}")
            for n in range(count)
        ]

    def test_few_lots_stay_as_they_are(self):
        lots = self.lots(1, 1, 60)
        self.assertEqual(group_lots(lots), {lot.id: lot.id for lot in lots})

    def test_many_products_of_a_level_share_one_group_until_it_is_opened(self):
        lots = [lot for n in range(30) for lot in self.lots(1, n + 1, 100)]
        self.assertEqual(set(group_lots(lots).values()), {Group(1, 0)})
        opened = set(group_lots(lots, {"1:0": 24}).values())
        self.assertEqual(opened, {Group(1, n + 1) for n in range(30)})

    def test_what_is_searched_is_drawn_alone(self):
        lots = self.lots(1, 1, 100)
        node_of = group_lots(lots, {"1:1": 2}, shown={lots[99].id})
        alone = [lot.name for lot in lots if node_of[lot.id] == lot.id]
        self.assertEqual(alone, ["L-0000", "L-0001", "L-0099"])

    @settings(max_examples=300, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 30)), max_size=300),
        st.dictionaries(st.sampled_from(["1:0", "1:3", "0:7"]), st.integers(1, 50)),
    )
    def test_every_lot_has_one_seat_and_no_group_has_one(self, places, opened):
        lots = [Lot(n, *place, str(n)) for n, place in enumerate(places)]
        node_of = group_lots(lots, opened)
        self.assertEqual(node_of.keys(), {lot.id for lot in lots})
        groups = [node for node in node_of.values() if isinstance(node, Group)]
        self.assertFalse([group for group in groups if groups.count(group) == 1])


class TestWorkbook(BaseCase):
    """A spreadsheet holds values, never formulas."""

    @settings(max_examples=100, deadline=None)
    @given(st.text(alphabet="=+-@|!\"\t{}'(1Ab", min_size=1, max_size=12))
    def test_text_stays_text(self, text):
        content = workbook.workbook([workbook.Sheet("S", ["T"], [[text]])])
        book = openpyxl.load_workbook(io.BytesIO(content))
        cell = book["S"]["A2"]
        self.assertEqual(cell.data_type, "s")
        self.assertIsNone(cell.hyperlink)

    def test_names_that_a_sheet_must_not_have(self):
        content = workbook.workbook([workbook.Sheet("a/b:c" * 9, ["T"], [])])
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(len(book.sheetnames[0]), 31)

from collections import Counter

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .genealogy_case import GenealogyCase


@tagged("post_install", "-at_install")
class TestGenealogy(GenealogyCase):
    """Two lots of chickpeas become a mash, and the mash two lots of hummus."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_hummus_of_two_lots()

    def test_forward_level_by_level(self):
        self.assertEqual(
            self.names(self.late, "forward"),
            {"CP-2": 0, "M-1": 1, "H-1": 2, "H-2": 2},
        )

    def test_back_level_by_level(self):
        self.assertEqual(
            self.names(self.second, "back"),
            {"H-2": 0, "M-1": 1, "CP-1": 2, "CP-2": 2},
        )

    def test_a_link_says_how_much(self):
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", self.first.id)])
        self.assertEqual((link.parent_quantity, link.child_quantity), (5, 20))
        self.assertEqual(link.attribution, "exact")

    def test_what_is_made_counts_once_however_often_a_lot_was_used(self):
        mash = self.produce(self.mash, "M-3", 6, uses=[(self.late, 2), (self.late, 3)])
        edges = self.genealogy._edges(self.late, "forward")
        [edge] = [edge for edge in edges if edge.child_id == mash.id]
        self.assertEqual((edge.parent_quantity, edge.child_quantity), (5, 6))

    def test_correcting_a_done_quantity_corrects_the_link(self):
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", self.first.id)])
        link.consume_line_id.quantity = 4
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", self.first.id)])
        self.assertEqual(link.parent_quantity, 4)

    def test_correcting_a_done_lot_corrects_the_link(self):
        other = self.put_on_hand(self.make_lot(self.mash, "M-2"), 9)
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", self.first.id)])
        link.consume_line_id.lot_id = other
        self.assertEqual(self.names(self.first, "back"), {"H-1": 0, "M-2": 1})

    def test_a_rebuild_finds_the_same(self):
        before = self.links()
        self.env["stock.lot.link"]._rebuild()
        self.assertEqual(self.links(), before)
        self.assertEqual(len(before), 4)

    def links(self):
        links = self.env["stock.lot.link"].search([])
        return sorted(
            (link.parent_lot_id.name, link.child_lot_id.name, link.parent_quantity)
            for link in links
        )

    def test_lots_made_together_share_by_quantity(self):
        place = self.mash.property_stock_production
        first = self.bare_move(self.make_lot(self.hummus, "T-1"), 30, place, self.stock)
        second = self.bare_move(
            self.make_lot(self.hummus, "T-2"), 10, place, self.stock
        )
        used = self.bare_move(self.batch, 1, self.stock, place)
        (used | first | second)._action_done()
        (first | second).move_line_ids.consume_line_ids = [
            (6, 0, used.move_line_ids.ids)
        ]
        links = self.env["stock.lot.link"].search(
            [("child_lot_id.name", "in", ("T-1", "T-2"))], order="parent_quantity"
        )
        self.assertEqual(links.mapped("parent_quantity"), [0.25, 0.75])
        self.assertEqual(set(links.mapped("attribution")), {"proportional"})
        edges = self.genealogy._edges(self.batch, "forward")
        shared = [edge for edge in edges if edge.child_id in links.child_lot_id.ids]
        self.assertEqual(len(shared), 2)
        for edge in shared:
            self.assertEqual((edge.exact_quantity, edge.most_quantity), (0, 1))

    def test_consignees_net_of_returns(self):
        delivery = self.deliver(self.hummus, 8, self.market, lot=self.first)
        self.deliver(self.hummus, 5, self.bistro, lot=self.first)
        self.take_back(delivery, 3)
        received = {
            partner_id: (delivered, returned)
            for _lot, partner_id, delivered, returned in (
                self.traces._consignees(self.first)
            )
        }
        self.assertEqual(received, {self.market.id: (8, 3), self.bistro.id: (5, 0)})

    def test_a_return_by_another_address_counts_against_the_receiver(self):
        delivery = self.deliver(self.hummus, 8, self.market, lot=self.first)
        back = self.take_back(delivery, 3)
        back.partner_id = self.bistro
        [(_lot, partner_id, delivered, returned)] = self.traces._consignees(self.first)
        self.assertEqual((partner_id, delivered, returned), (self.market.id, 8, 3))

    def test_a_lot_is_where_it_was_made(self):
        [(lot_id, place_id, quantity)] = self.traces._on_hand(self.second)
        self.assertEqual(
            (lot_id, place_id, quantity), (self.second.id, self.stock.id, 24)
        )

    def test_a_trace_takes_the_same_few_queries_however_deep(self):
        lot = self.batch
        for step in range(50):
            child = self.make_lot(self.mash, f"CHAIN-{step}")
            self.link(lot, child)
            lot = child
        self.env.flush_all()
        self.genealogy._levels(self.late, "forward")  # the companies are known now
        with self.assertQueryCount(1):
            levels = self.genealogy._levels(self.early, "forward")
        self.assertEqual(max(levels.values()), 51)


@tagged("post_install", "-at_install")
class TestAnyGraph(GenealogyCase):
    """Whatever the links look like, a trace ends and is what a naive walk finds.

    A thousand graphs with diamonds, cycles and loops of one lot, both ways.
    """

    NODES = 8

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lots = [cls.make_lot(cls.mash, f"N-{node}") for node in range(cls.NODES)]
        cls.node_of = {lot.id: node for node, lot in enumerate(cls.lots)}
        cls.env.flush_all()

    def write_links(self, edges):
        """Replace all links, without the ORM: there are thousands of graphs."""
        self.cr.execute(SQL("DELETE FROM stock_lot_link"))
        rows = [
            SQL(
                "(%s, %s, 2, 3, 'production', 'exact', %s, %s)",
                self.lots[parent].id,
                self.lots[child].id,
                self.company.id,
                fields.Datetime.now(),
            )
            for parent, child in edges
        ]
        if rows:
            self.cr.execute(
                SQL(
                    "INSERT INTO stock_lot_link (parent_lot_id, child_lot_id,"
                    " parent_quantity, child_quantity, kind, attribution, company_id,"
                    " date) VALUES %s",
                    SQL(", ").join(rows),
                )
            )

    @settings(max_examples=1000, deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=20
        ),
        st.sets(st.integers(0, NODES - 1), min_size=1, max_size=3),
    )
    def test_same_as_a_naive_walk(self, edges, starts):
        self.write_links(edges)
        graph = networkx.DiGraph(edges)
        graph.add_nodes_from(starts)
        lots = self.env["stock.lot"].browse([self.lots[node].id for node in starts])
        for direction, walked in (("forward", graph), ("back", graph.reverse())):
            expected = networkx.multi_source_dijkstra_path_length(walked, starts)
            levels = self.genealogy._levels(lots, direction)
            by_node = {self.node_of[id_]: depth for id_, depth in levels.items()}
            self.assertEqual(by_node, expected)
            reached = self.genealogy._reach(lots, direction)
            self.assertEqual(len(reached), len(set(reached)))
            self.assertEqual({self.node_of[id_] for id_ in reached}, expected.keys())
            self.check_edges(lots, direction, edges, expected)

    def check_edges(self, lots, direction, edges, reached):
        """Every pair on the way comes once, with all its links added up."""
        place = 0 if direction == "forward" else 1
        expected = Counter(edge for edge in edges if edge[place] in reached)
        found = {
            (self.node_of[edge.parent_id], self.node_of[edge.child_id]): edge
            for edge in self.genealogy._edges(lots, direction)
        }
        self.assertEqual(found.keys(), expected.keys())
        for pair, edge in found.items():
            self.assertEqual(edge.parent_quantity, 2 * expected[pair])

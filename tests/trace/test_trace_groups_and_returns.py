from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.trace.graph_groups import Group, Lot, group_lots
from ...tools.trace.returns import Receipt, settle


class TestReturns(BaseCase):
    """Returns count against the addresses that have the goods."""

    def test_a_return_goes_against_its_company_then_against_whoever_has_it(self):
        rows = [
            Receipt(1, 10, 7, delivered=2),
            Receipt(1, 11, 7, delivered=1),
            Receipt(1, 12, 7, returned=5),
            Receipt(1, 20, 20, delivered=9),
            Receipt(2, 12, 7, delivered=4),
        ]
        settled = {(r.lot_id, r.partner_id): r.returned for r in settle(rows)}
        self.assertEqual(settled, {(1, 10): 2, (1, 11): 1, (1, 20): 2, (2, 12): 0})


class TestGroups(BaseCase):
    """Many lots fit a screen."""

    def lots(self, level, product_id, count):
        return [
            Lot((level, product_id, n), level, product_id, f"L-{n:04}")
            for n in range(count)
        ]

    def test_few_lots_are_not_grouped(self):
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
    def test_every_lot_has_one_node_and_no_group_one_lot(self, places, opened):
        lots = [Lot(n, *place, str(n)) for n, place in enumerate(places)]
        node_of = group_lots(lots, opened)
        self.assertEqual(node_of.keys(), {lot.id for lot in lots})
        groups = [node for node in node_of.values() if isinstance(node, Group)]
        self.assertFalse([group for group in groups if groups.count(group) == 1])

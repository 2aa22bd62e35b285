from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.trace.graph_groups import Group, Lot, group_lots
from ...tools.trace.returns import Consignment, settle


def oracle(consignments):
    """Return ``{(lot, partner): returned}``, looking for each return at all before."""
    order = sorted(consignments, key=lambda one: (one.moment, one.is_return))
    left = {index: one.quantity for index, one in enumerate(order)}
    returned = Counter()
    for position, back in enumerate(order):
        if not back.is_return:
            continue
        needed = back.quantity
        before = [
            index
            for index in reversed(range(position))
            if not order[index].is_return and order[index].lot_id == back.lot_id
        ]
        before.sort(key=lambda index: distance(order[index], back))
        for index in before:
            taken = min(needed, left[index])
            left[index] -= taken
            needed -= taken
            returned[back.lot_id, order[index].partner_id] += taken
        returned[back.lot_id, back.partner_id] += needed
    return +returned


def distance(sent, back):
    if sent.partner_id == back.partner_id:
        return 0
    return 1 if sent.company_id and sent.company_id == back.company_id else 2


PARTNERS = {None: None, 10: 7, 11: 7, 12: 7, 20: 20, 30: 30}


@st.composite
def consignments(draw):
    partner = draw(st.sampled_from([*PARTNERS]))
    return Consignment(
        draw(st.integers(1, 2)),
        partner,
        PARTNERS[partner],
        float(draw(st.integers(1, 9))),
        draw(st.integers(1, 12)),
        draw(st.booleans()),
    )


class TestReturns(BaseCase):
    """Returns count against the addresses that have the goods."""

    def returned(self, history):
        found = Counter()
        for one in history:
            if one.is_return:
                found[one.lot_id, one.partner_id] += one.quantity
        for moved in settle(history):
            found[moved.lot_id, moved.sender_id] -= moved.quantity
            found[moved.lot_id, moved.receiver_id] += moved.quantity
        return +found

    def test_a_return_goes_against_its_company_then_against_whoever_has_it(self):
        history = [
            Consignment(1, 10, 7, 2.0, moment=1),
            Consignment(1, 11, 7, 1.0, moment=2),
            Consignment(1, 20, 20, 9.0, moment=3),
            Consignment(2, 12, 7, 4.0, moment=3),
            Consignment(1, 12, 7, 5.0, moment=4, is_return=True),
        ]
        settled = {(1, 10): 2, (1, 11): 1, (1, 20): 2}
        self.assertEqual(self.returned(history), settled)

    def test_what_is_sent_later_never_came_back_before(self):
        history = [
            Consignment(1, 10, 10, 2.0, moment=1),
            Consignment(1, 20, 20, 2.0, moment=2, is_return=True),
            Consignment(1, 30, 30, 90.0, moment=3),
        ]
        self.assertEqual(self.returned(history), {(1, 10): 2})

    @settings(max_examples=400, deadline=None)
    @given(st.lists(consignments(), max_size=14))
    def test_any_history_settles_as_the_rule_says(self, history):
        self.assertEqual(self.returned(history), oracle(history))

    @settings(max_examples=200, deadline=None)
    @given(st.lists(consignments(), max_size=14), st.integers(1, 12))
    def test_what_happens_later_changes_nothing_of_before(self, history, day):
        before = [one for one in history if one.moment <= day]
        then, now = self.returned(before), self.returned(history)
        self.assertFalse({key: n for key, n in then.items() if now[key] < n})


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

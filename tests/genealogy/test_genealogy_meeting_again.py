from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.genealogy.meeting_again import Use, counted_twice
from ...tools.genealogy.path_quantity import path_quantities
from ...tools.genealogy.steps import Hop, steps_of

ALL = (1.0, 1.0, 1.0)


def walked(start, hops, totals, uses, back=False):
    less = steps_of(counted_twice(uses, hops, totals), totals, back)
    return path_quantities([start], steps_of(hops, totals, back), totals, back, less)


def made_at_once(parent, quantity, *children):
    """Return a use of a lot that two products were made of, and its hops."""
    hops = [Hop(parent, child, *[quantity] * 3) for child in children]
    return Use(parent, quantity, dict.fromkeys(children, ALL)), hops


@st.composite
def dairies(draw):
    """Return hops, totals and uses: of each lot one use is made into two products.

    Lots are numbered in the order they are made; each is used up at most.
    """
    count = 8
    totals = {lot: draw(st.integers(1, 12)) for lot in range(count)}
    hops, uses = [], []
    for parent in range(count - 2):
        behind = st.integers(parent + 1, count - 1)
        children = draw(st.sets(behind, min_size=2, max_size=2))
        used = draw(st.integers(0, totals[parent]))
        if used:
            use, made = made_at_once(parent, used, *sorted(children))
            uses.append(use)
            hops += made
    return hops, totals, uses


class TestMeetingAgain(BaseCase):
    """Of what was made side by side of one use, no lot holds more than was used."""

    def assert_both_ways(self, case, upper, lower, amount):
        for found in (
            walked(upper, *case)[lower],
            walked(lower, *case, back=True)[upper],
        ):
            self.assertEqual(found[1:], (amount,) * 3)

    def test_a_by_product_that_meets_its_product_counts_once(self):
        use, hops = made_at_once("raw", 4, "good", "rest")
        hops += [Hop("good", "end", 100, 100, 100), Hop("rest", "end", 5, 5, 5)]
        hops += [Hop("end", "half", 25, 25, 25)]
        totals = {"raw": 10, "good": 100, "rest": 5, "end": 50, "half": 25}
        self.assert_both_ways((hops, totals, [use]), "raw", "good", 4)
        self.assert_both_ways((hops, totals, [use]), "raw", "rest", 4)
        self.assert_both_ways((hops, totals, [use]), "raw", "end", 4)
        self.assert_both_ways((hops, totals, [use]), "raw", "half", 2)

    def test_what_meets_in_part_counts_as_long_as_it_may_be_there(self):
        use, hops = made_at_once("raw", 4, "good", "rest")
        hops += [Hop("good", "end", 25, 25, 25), Hop("rest", "end", 2, 2, 2)]
        totals = {"raw": 10, "good": 100, "rest": 4, "end": 50}
        self.assert_both_ways((hops, totals, [use]), "raw", "end", 3)

    def test_what_is_further_up_counts_once_as_well(self):
        """The root has gone into all of raw; twice it is parted and meets again."""
        first, hops = made_at_once("raw", 4, "good", "rest")
        hops += [Hop("root", "raw", 20, 20, 20)]
        hops += [Hop("good", "mix", 8, 8, 8), Hop("rest", "mix", 1, 1, 1)]
        second, made = made_at_once("mix", 6, "one", "two")
        hops += [*made, Hop("one", "end", 3, 3, 3), Hop("two", "end", 3, 3, 3)]
        totals = {"root": 20, "raw": 10, "good": 8, "rest": 1, "mix": 6}
        totals |= {"one": 3, "two": 3, "end": 6}
        uses = [first, second]
        self.assert_both_ways((hops, totals, uses), "raw", "end", 4)
        self.assert_both_ways((hops, totals, uses), "root", "end", 8)
        self.assert_both_ways((hops, totals, uses), "mix", "end", 6)

    def test_all_ingredients_of_an_order_count_once(self):
        uses, hops = [], []
        for raw in ("salt", "milk"):
            use, made = made_at_once(raw, 3, "good", "rest")
            uses.append(use)
            hops += made
        hops += [Hop("good", "end", 9, 9, 9), Hop("rest", "end", 1, 1, 1)]
        totals = {"salt": 3, "milk": 8, "good": 9, "rest": 1, "end": 9}
        self.assert_both_ways((hops, totals, uses), "salt", "end", 3)
        self.assert_both_ways((hops, totals, uses), "milk", "end", 3)

    def test_what_stays_apart_counts_in_each(self):
        use, hops = made_at_once("raw", 4, "good", "rest")
        totals = {"raw": 10, "good": 9, "rest": 1}
        self.assertEqual(counted_twice([use], hops, totals), [])

    def test_what_is_put_together_again_under_its_number_is_not_lost(self):
        use, hops = made_at_once("pump", 1, "motor", "case")
        hops += [Hop("motor", "pump", 1, 1, 1), Hop("case", "pump", 1, 1, 1)]
        totals = dict.fromkeys(("pump", "motor", "case"), 1)
        self.assertEqual(counted_twice([use], hops, totals), [])
        self.assert_both_ways((hops, totals, [use]), "pump", "case", 1)

    @settings(max_examples=500, deadline=None)
    @given(dairies())
    def test_both_directions_agree_and_never_say_more_than_was_used(self, case):
        hops, totals, uses = case
        used = {use.parent: use.quantity for use in uses}
        back = {lot: walked(lot, hops, totals, uses, back=True) for lot in totals}
        for upper in totals:
            for lower, found in walked(upper, hops, totals, uses).items():
                if lower == upper:
                    continue
                for value, other in zip(found, back[lower][upper], strict=True):
                    self.assertAlmostEqual(value, other, 6)
                self.assertLessEqual(found.worst, used[upper] + 1e-6)
                self.assertGreater(found.worst, 0)

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import SQL

from .cost_case import CostCase
from .test_cost_of_receipts import RANDOM


@tagged("post_install", "-at_install")
class TestCostOfOperations(CostCase):
    """Split, merged or relabelled, goods cost what they have cost."""

    def test_a_relabelled_batch_costs_what_it_cost(self):
        for price in (1, 9):
            lot = self.bought(f"A-{price}", 10, price)
            operation = self.operate("relabel", lot, name=f"B-{price}")
            self.assertEqual(self.made(operation).unit_cost, price)

    def test_parts_cost_what_the_whole_did(self):
        lot = self.bought("A", 10, 9)
        operation = self.operate("split", lot, parts=[(4, "A-1"), (2, "A-2")])
        self.assertEqual(self.made(operation).mapped("unit_cost"), [9, 9])
        self.assertEqual(lot.unit_cost, 9)

    def test_merged_batches_cost_their_average(self):
        lots = self.bought("A", 10, 9) | self.bought("B", 6, 1)
        operation = self.operate("merge", lots, name="C")
        self.assertEqual(self.made(operation).unit_cost, 6)

    def test_what_is_merged_into_a_batch_counts_there(self):
        dear, cheap = self.bought("A", 10, 9), self.bought("B", 6, 1)
        self.operate("merge", dear | cheap, target_lot_id=dear.id)
        self.assertEqual(dear.unit_cost, 6)

    def test_what_nobody_knows_costs_as_the_rest(self):
        lots = self.bought("A", 10, 9) | self.bought("B", 6, 0)
        operation = self.operate("merge", lots, name="C")
        self.assertEqual(self.made(operation).unit_cost, 9)

    def test_made_of_unknown_costs_its_cost_is_unknown(self):
        """The price on the move is the product's standard cost, and nobody's."""
        self.chickpeas.standard_price = self.mash.standard_price = 7
        moves = self.env.registry["stock.move"]
        self.patch(moves, "_unit_cost_sql", lambda self: SQL("7"))
        for kind, values in (
            ("merge", {"name": "C"}),
            ("relabel", {"name": "D"}),
            ("split", {"parts": [(4, "E")]}),
            ("repack", {"product_id": self.mash.id, "made_quantity": 5}),
        ):
            lots = self.put_on_hand(self.make_lot(self.chickpeas, f"{kind}-1"), 10)
            if kind == "merge":
                other = self.make_lot(self.chickpeas, f"{kind}-2")
                lots |= self.put_on_hand(other, 5)
            operation = self.operate(kind, lots, **values)
            self.assertEqual(self.made(operation).unit_cost, 0, kind)
            lots[0].unit_cost = 3
            self.assertEqual(
                self.made(operation).unit_cost, 3 * 2 ** (kind == "repack")
            )

    def test_repacked_the_cost_is_shared_by_what_is_made(self):
        lot = self.bought("A", 10, 9)
        operation = self.operate(
            "repack", lot, product_id=self.mash.id, made_quantity=30
        )
        self.assertEqual(self.made(operation).unit_cost, 3)

    def test_undone_everything_costs_what_it_did(self):
        lots = self.bought("A", 10, 9) | self.bought("B", 6, 1)
        self.operate("merge", lots, name="C").action_undo()
        self.assertEqual(lots.mapped("unit_cost"), [9, 1])

    def test_a_corrected_cost_goes_on_to_what_was_made(self):
        lot = self.bought("A", 10, 9)
        part = self.made(self.operate("split", lot, parts=[(4, "A-1")]))
        pot = self.made(self.operate("relabel", part, name="A-2"))
        lot.unit_cost = 7
        self.assertEqual((part.unit_cost, pot.unit_cost), (7, 7))

    def test_goods_that_left_a_batch_cost_what_it_had_cost_until_then(self):
        lot = self.bought("A", 10, 1)
        part = self.made(self.operate("split", lot, parts=[(5, "S")]))
        other = self.bought("B", 10, 9)
        self.operate("merge", other | lot, target_lot_id=lot.id)
        self.assertEqual((part.unit_cost, lot.unit_cost), (1, 5))
        self.buy(lot, 10, 8)
        self.assertEqual((part.unit_cost, lot.unit_cost), (1, 6))

    def test_a_correction_goes_on_to_what_left_after_it_alone(self):
        lot = self.make_lot(self.chickpeas, "A")
        first = self.buy(lot, 10, 2)
        part = self.made(self.operate("split", lot, parts=[(5, "S")]))
        second = self.buy(lot, 10, 4)
        later = self.made(self.operate("split", lot, parts=[(5, "T")]))
        self.assertEqual((part.unit_cost, later.unit_cost), (2, 3))
        second.price_unit = 8
        second._update_unit_costs()
        self.assertEqual((part.unit_cost, later.unit_cost), (2, 5))
        first.price_unit = 4
        first._update_unit_costs()
        self.assertEqual((part.unit_cost, later.unit_cost), (4, 6))

    def test_a_correction_arrives_in_full_where_goods_went_back_and_forth(self):
        lot = self.make_lot(self.chickpeas, "A")
        bought = self.buy(lot, 10, 9)
        for number in range(4):
            part = self.made(self.operate("split", lot, parts=[(9, f"S-{number}")]))
            self.operate("merge", part | lot, target_lot_id=lot.id)
        bought.price_unit = 5
        bought._update_unit_costs()
        self.assertAlmostEqual(part.unit_cost, 5, 12)
        self.assertAlmostEqual(lot.unit_cost, 5, 12)

    @given(st.data())
    @RANDOM
    def test_random_histories_cost_what_an_oracle_says(self, data):
        """Of lots that are bought, split and merged at random; then one is corrected.

        The oracle goes through the story step by step, and again with the correction.
        """
        with self.env.cr.savepoint() as savepoint:
            story, moves, lots, here = [], [], [], []
            for step in range(data.draw(st.integers(2, 6))):
                known = [n for n, left in enumerate(here) if left > 1]
                kind = data.draw(st.sampled_from(["buy", "split", "merge"]))
                if kind == "buy" or not known:
                    price = data.draw(st.integers(1, 9))
                    lots.append(self.make_lot(self.chickpeas, f"L-{step}"))
                    moves.append(self.buy(lots[-1], 8, price))
                    here.append(8)
                    story.append(("buy", len(lots) - 1, price))
                elif kind == "split":
                    source = data.draw(st.sampled_from(known))
                    parts = [(1, f"L-{step}")]
                    lots.append(
                        self.made(self.operate("split", lots[source], parts=parts))
                    )
                    here[source] -= 1
                    here.append(1)
                    story.append(("split", source, len(lots) - 1))
                elif len(known) > 1:
                    source, target = data.draw(st.permutations(known))[:2]
                    both = lots[source] | lots[target]
                    self.operate("merge", both, target_lot_id=lots[target].id)
                    story.append(("merge", source, target, here[source]))
                    here[target] += here[source]
                    here[source] = 0
            self.assert_costs(lots, story)
            moves[0].price_unit = 20
            moves[0]._update_unit_costs()
            story[0] = ("buy", 0, 20)
            self.assert_costs(lots, story)
            savepoint.rollback()
        self.env.invalidate_all()

    def assert_costs(self, lots, story):
        paid, came = {}, {}
        for kind, *what in story:
            if kind == "buy":
                lot, price = what
                paid[lot], came[lot] = 8 * price, 8
            elif kind == "split":
                source, part = what
                paid[part], came[part] = paid[source] / came[source], 1
            else:
                source, target, quantity = what
                paid[target] += paid[source] / came[source] * quantity
                came[target] += quantity
        for number, lot in enumerate(lots):
            self.assertAlmostEqual(lot.unit_cost, paid[number] / came[number], 9)

    def test_batches_made_of_each_other_settle(self):
        lot = self.bought("A", 10, 9)
        part = self.made(self.operate("split", lot, parts=[(4, "A-1")]))
        self.operate("merge", part | lot, target_lot_id=lot.id)
        self.assertAlmostEqual(lot.unit_cost, 9)

    @given(
        st.lists(
            st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=2, max_size=4
        )
    )
    @RANDOM
    def test_random_merges_cost_what_an_oracle_says(self, batches):
        with self.env.cr.savepoint() as savepoint:
            lots = self.env["stock.lot"]
            for number, (quantity, price) in enumerate(batches):
                lots |= self.bought(f"L-{number}", quantity, price)
            merged = self.made(self.operate("merge", lots, name="ALL"))
            paid = sum(quantity * price for quantity, price in batches)
            whole = sum(quantity for quantity, _price in batches)
            self.assertAlmostEqual(merged.unit_cost, paid / whole)
            savepoint.rollback()
        self.env.invalidate_all()

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .cost_case import CostCase

RANDOM = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.differing_executors],
)


@tagged("post_install", "-at_install")
class TestCostOfReceipts(CostCase):
    """What a batch cost is the average of what we have paid for what we have kept."""

    def test_what_was_free_counts(self):
        lot = self.bought("A", 10, 6)
        self.buy(lot, 10, 0)
        self.assertEqual(lot.unit_cost, 3)

    def test_what_was_free_first_counts_too(self):
        lot = self.bought("A", 10, 0)
        self.assertEqual(lot.unit_cost, 0, "nobody knows yet whether it has a price")
        self.buy(lot, 10, 6)
        self.assertEqual(lot.unit_cost, 3)

    def test_what_went_back_no_longer_counts(self):
        lot = self.make_lot(self.chickpeas, "A")
        dear = self.buy(lot, 10, 6)
        self.buy(lot, 10, 4)
        self.assertEqual(lot.unit_cost, 5)
        self.give_back(dear, 10)
        self.assertEqual(lot.unit_cost, 4)

    def test_of_what_went_back_in_part_the_rest_counts(self):
        lot = self.make_lot(self.chickpeas, "A")
        dear = self.buy(lot, 10, 6)
        self.buy(lot, 10, 4)
        self.give_back(dear, 5)
        self.assertAlmostEqual(lot.unit_cost, (5 * 6 + 10 * 4) / 15)

    def test_what_belongs_to_others_costs_us_nothing(self):
        lot = self.make_lot(self.chickpeas, "A")
        self.buy(lot, 10, 6)
        self.buy(lot, 30, 0, owner=self.supplier)
        self.assertEqual(lot.unit_cost, 6)
        self.buy(lot, 10, 4, owner=self.company.partner_id)
        self.assertEqual(lot.unit_cost, 5)

    @given(
        st.lists(
            st.tuples(
                st.integers(1, 9),
                st.integers(0, 9),
                st.integers(0, 9),
                st.booleans(),
            ),
            min_size=1,
            max_size=5,
        )
    )
    @RANDOM
    def test_random_receipts_cost_what_an_oracle_says(self, receipts):
        with self.env.cr.savepoint() as savepoint:
            lot = self.make_lot(self.chickpeas, "A")
            paid = kept = 0
            for quantity, price, refused, is_foreign in receipts:
                owner = self.supplier if is_foreign else None
                bought = self.buy(lot, quantity, price, owner)
                back = 0 if is_foreign else min(refused, quantity)
                if back:
                    self.give_back(bought, back)
                if not is_foreign:
                    paid += (quantity - back) * price
                    kept += quantity - back
                if kept:
                    self.assertAlmostEqual(lot.unit_cost, paid / kept)
            savepoint.rollback()
        self.env.invalidate_all()

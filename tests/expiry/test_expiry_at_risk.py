from datetime import datetime, timedelta

import pytz

from odoo.tests import BaseCase

from ...tools.days import end_of
from ...tools.expiry.at_risk import Stock, expected_left_over, left_over
from ...tools.expiry.markdown import (
    clearing_price,
    discount,
    elastic_price,
    exponential_price,
    price_by_chance,
)
from ...tools.expiry.remaining import (
    enough_at_receipt,
    enough_for_customer,
    may_be_donated,
)

PARIS = pytz.timezone("Europe/Paris")


class TestAtRisk(BaseCase):
    """What will not be sold in time."""

    def test_batches_sell_one_after_the_other(self):
        self.assertEqual(left_over([Stock(40, 6), Stock(30, 10)], 5), [10, 10])
        first, second, third = Stock(24, 2), Stock(24, 5), Stock(60, 9)
        by_date = left_over([first, second, third], 8)
        self.assertEqual((by_date, sum(by_date)), ([8, 0, 28], 36))
        otherwise = left_over([second, first, third], 8)
        self.assertEqual((otherwise, sum(otherwise)), ([0, 24, 12], 36))

    def test_without_a_history_all_of_it_is_at_risk(self):
        self.assertEqual(left_over([Stock(24, 2), Stock(5, 9)], 0), [24, 5])

    def test_what_has_expired_is_not_sold(self):
        self.assertEqual(left_over([Stock(4, -1), Stock(4, 1)], 8), [4, 0])

    def test_a_demand_that_is_none_is_refused(self):
        for per_day in (-1, float("nan"), float("inf")):
            with self.assertRaises(ValueError):
                left_over([Stock(1, 1)], per_day)
            with self.assertRaises(ValueError):
                expected_left_over(1, per_day)


class TestMarkdown(BaseCase):
    """What to ask for goods that must be sold in time."""

    def test_demand_that_falls_by_the_same_share(self):
        for stock, clearing, applied in (
            (100, 3.2189, 3.2189),
            (200, 1.8326, 2.0),
            (400, 0.4463, 2.0),
        ):
            self.assertEqual(round(clearing_price(100, 0.5, 5, stock), 4), clearing)
            self.assertEqual(round(exponential_price(100, 0.5, 5, stock), 4), applied)
        self.assertEqual(exponential_price(100, 0.5, 5, 400, 0.4), 2.4)

    def test_demand_of_constant_elasticity(self):
        for stock, price, percent in (
            (20, 4, 0),
            (40, 2.8284, 29.29),
            (60, 2.3094, 42.26),
        ):
            reduced = elastic_price(4, 5, 2, 4, stock)
            self.assertEqual(round(reduced, 4), price)
            self.assertEqual(round(discount(4, reduced), 2), percent)

    def test_a_price_is_never_raised_nor_below_what_the_rest_brings(self):
        self.assertEqual(elastic_price(4, 5, 2, 4, 1), 4)
        self.assertEqual(elastic_price(4, 5, 2, 4, 4000, salvage=0.5), 1.0)
        self.assertEqual(elastic_price(4, 5, 0.5, 4, 4000, salvage=0.5), 0.5)

    def test_buyers_that_come_by_chance(self):
        for pieces, buyers, price in (
            (1, 2, 1.551445),
            (1, 10, 2.54304),
            (5, 10, 1.186573),
            (20, 10, 1.0),
        ):
            self.assertEqual(round(price_by_chance(pieces, buyers), 6), price)

    def test_what_cannot_be_is_refused(self):
        for call in (
            lambda: elastic_price(0, 5, 2, 4, 20),
            lambda: elastic_price(4, 0, 2, 4, 20),
            lambda: exponential_price(100, 0.5, 0, 20),
            lambda: exponential_price(100, float("nan"), 1, 20),
            lambda: price_by_chance(0, 1),
            lambda: price_by_chance(1, 0),
            lambda: discount(0, 1),
        ):
            with self.assertRaises(ValueError):
                call()


class TestRemainingLife(BaseCase):
    """Whether what is left is enough, for whom."""

    def test_what_a_supplier_sends_lasts_as_agreed(self):
        self.assertFalse(enough_at_receipt(10.4, 40, 30), "26 % is less than 30 %")
        self.assertTrue(enough_at_receipt(12, 40, 30))
        with self.assertRaises(ValueError):
            enough_at_receipt(1, 0, 30)

    def test_days_to_sell_count_from_arrival(self):
        self.assertFalse(enough_for_customer(16, 3, 14))
        self.assertTrue(enough_for_customer(17, 3, 14))

    def paris(self, *moment):
        return (
            PARIS.localize(datetime(*moment)).astimezone(pytz.utc).replace(tzinfo=None)
        )

    def test_a_donation_has_two_days_left_at_the_pick_up(self):
        end = end_of(datetime(2026, 11, 27).date(), PARIS) + timedelta(seconds=1)
        self.assertTrue(may_be_donated(self.paris(2026, 11, 25, 23, 30), end))
        late = self.paris(2026, 11, 26, 0, 30)
        self.assertFalse(may_be_donated(late, end))
        self.assertTrue(may_be_donated(late, end, is_fast=True))
        self.assertFalse(may_be_donated(end, end, is_fast=True))

    def test_the_hour_that_clocks_skip_is_no_hour(self):
        end = end_of(datetime(2026, 3, 29).date(), PARIS) + timedelta(seconds=1)
        self.assertFalse(may_be_donated(self.paris(2026, 3, 28), end), "47 hours")

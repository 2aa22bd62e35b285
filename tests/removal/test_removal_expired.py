from datetime import datetime, timedelta

import pytz
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ...tools.removal.ordering import (
    FEFO,
    FEMAL,
    FESAL,
    FIFO,
    HIFO,
    LIFO,
    LOFO,
    Candidate,
    in_order,
)
from ..common import KitchenCase

#: Six in the evening of 24 November in New York.
NOW = datetime(2026, 11, 24, 23)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW_YORK = pytz.timezone("America/New_York")
DATES = ("expiration_date", "use_date", "removal_date", "alert_date")
METHODS = ("fifo", "lifo", "fefo", "femal", "fesal", "lofo", "hifo")
RANDOM = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.differing_executors],
)
HOURS = st.one_of(st.none(), st.integers(-60, 120))


def day_of(moment):
    return pytz.utc.localize(moment).astimezone(NEW_YORK).date()


class DatedCase(KitchenCase):
    """Batches of hummus whose every date is known."""

    def dated(self, name, expiration, removal, use=None):
        values = dict(zip(DATES, (expiration, use, removal, False), strict=True))
        return self.put_on_hand(self.make_lot(self.hummus, name, **values), 10)

    def choose(self, method):
        strategies = self.env["product.removal"].with_context(lang=None)
        self.hummus.removal_strategy_id = strategies.search(
            [("method", "=", method)], limit=1
        )

    def taken(self, quantity=100, days=0):
        picking = self.order(self.hummus, quantity, self.market, days=days)
        lots = picking.move_line_ids.lot_id
        picking.do_unreserve()
        return lots


@tagged("post_install", "-at_install")
class TestExpired(DatedCase):
    """What is over, or will be on arrival, is not reserved - under any strategy."""

    @freeze_time(NOW)
    def test_what_has_expired_stays_whatever_its_removal_date_says(self):
        self.dated("EMPTIED", NOW - HOUR, False)
        self.dated("LATER", NOW - HOUR, NOW + 30 * DAY)
        good = self.dated("GOOD", NOW + 30 * DAY, NOW + 20 * DAY)
        for method in METHODS:
            self.choose(method)
            self.assertEqual(self.taken(), good, method)

    @freeze_time(NOW)
    def test_a_typed_quantity_and_production_take_nothing_expired(self):
        self.dated("EMPTIED", NOW - HOUR, False)
        good = self.dated("GOOD", NOW + 30 * DAY, False)
        picking = self.order(self.hummus, 1, self.market)
        picking.do_unreserve()
        picking.move_ids.quantity = 10
        self.assertEqual(picking.move_line_ids.lot_id, good)
        picking.do_unreserve()
        used = self.env["stock.move"].create(
            {
                "product_id": self.hummus.id,
                "product_uom_qty": 20,
                "location_id": self.stock.id,
                "location_dest_id": self.hummus.property_stock_production.id,
            }
        )
        used._action_confirm()
        used._action_assign()
        self.assertEqual(used.move_line_ids.lot_id, good)

    @freeze_time(NOW)
    def test_what_expires_on_its_way_does_not_go(self):
        self.dated("ON ITS WAY", NOW + 2 * DAY, False)
        arrives = self.dated("ON ARRIVAL", NOW + 3 * DAY, False)
        self.market.transit_days = 3
        self.assertEqual(self.taken(), arrives)
        self.market.transit_days = 2
        self.assertEqual(len(self.taken()), 2)

    @freeze_time(NOW)
    def test_it_is_said_why(self):
        self.dated("ON ITS WAY", NOW + 2 * DAY, False)
        self.dated("OVER", NOW - HOUR, False)
        self.market.transit_days = 3
        picking = self.order(self.hummus, 5, self.market)
        self.assertIn("expires on its way", picking.removal_notice)
        self.assertIn("expires before it is needed", picking.removal_notice)

    @freeze_time(NOW)
    def test_a_written_effective_date_does_not_revive_it(self):
        lot = self.dated("OVER", NOW - HOUR, False)
        lot.effective_expiration_date = NOW + 90 * DAY
        self.assertFalse(self.taken())

    @freeze_time(NOW)
    def test_femal_without_a_margin_asks_for_some_useful_life(self):
        self.choose("femal")
        self.dated("LAST DAY", NOW + 9 * DAY, False, use=NOW + HOUR)
        good = self.dated("TOMORROW", NOW + 9 * DAY, False, use=NOW + DAY)
        self.assertEqual(self.taken(), good)
        self.choose("fefo")
        self.assertEqual(len(self.taken()), 2)

    @given(
        st.lists(st.tuples(HOURS, HOURS), max_size=5),
        st.integers(0, 3),
        st.integers(0, 2),
    )
    @RANDOM
    def test_what_may_leave_is_what_an_oracle_lets_leave(self, lots, transit, days):
        with freeze_time(NOW), self.env.cr.savepoint() as savepoint:
            expected = set()
            needed = NOW + days * DAY
            arrival = day_of(needed) + transit * DAY
            for number, (expires, removed) in enumerate(lots):
                expiration = False if expires is None else NOW + expires * HOUR
                removal = False if removed is None else NOW + removed * HOUR
                lot = self.dated(f"L-{number}", expiration, removal)
                good = not expiration or (
                    expiration >= needed and day_of(expiration) >= arrival
                )
                if good and not (removal and removal < needed):
                    expected.add(lot.id)
            self.market.transit_days = transit
            self.assertEqual(set(self.taken(days=days).ids), expected)
            savepoint.rollback()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestSimilarDays(DatedCase):
    """Similar expirations are counted from date to date, as remaining life is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.femal_window_days = 1

    def first(self, late_hours):
        """Return which goes first: one that expires on 24 December, or a tired one."""
        early = datetime(2026, 12, 24, 14)  # nine in the morning in New York
        late = early + late_hours * HOUR
        self.dated("EARLY", early, False, use=early - HOUR)
        self.dated("TIRED", late, False, use=early - 9 * DAY)
        self.choose("femal")
        return self.taken(5).name

    @freeze_time(NOW)
    def test_the_evening_of_the_next_day_is_one_day_apart(self):
        self.assertEqual(self.first(late_hours=38), "TIRED")

    @freeze_time(NOW)
    def test_the_morning_after_that_is_two_days_apart(self):
        self.assertEqual(self.first(late_hours=39), "EARLY")

    @freeze_time(NOW)
    def test_fewest_batches_counts_the_same_days(self):
        self.hummus.removal_fewest_lots = True
        early = datetime(2026, 12, 24, 14)
        self.dated("EARLY", early, False)
        large = self.dated("LARGE", early + 38 * HOUR, False)
        self.put_on_hand(large, 10)
        self.choose("fesal")
        self.assertEqual(self.taken(15), large)

    @given(st.lists(st.integers(0, 200), min_size=1, max_size=9), st.integers(0, 4))
    def test_groups_are_those_of_an_oracle(self, hours, window):
        base = datetime(2026, 12, 24)
        lots = [
            Candidate(n, base, None, base + h * HOUR, base - n * DAY)
            for n, h in enumerate(hours)
        ]
        left, expected = list(lots), []
        while left:
            first = min(day_of(lot.expiration_date) for lot in left)
            group = [
                lot
                for lot in left
                if (day_of(lot.expiration_date) - first).days <= window
            ]
            expected += sorted(group, key=lambda lot: (lot.useful_until, lot.id))
            left = [lot for lot in left if lot not in group]
        ordered = in_order(lots, FEMAL, window, NEW_YORK)
        self.assertEqual([lot.key for lot in ordered], [lot.key for lot in expected])


class TestEquals(DatedCase):
    """Among equals it goes as the guide says."""

    def test_each_strategy_has_its_own_way(self):
        def lot(key, **values):
            values = {"unit_cost": 1.0, **values}
            return Candidate(key, in_date=values.pop("in_date", NOW), **values)

        old = lot("OLD", in_date=NOW - DAY, expiration_date=NOW + 9 * DAY, id=2)
        soon = lot("SOON", in_date=NOW, expiration_date=NOW + 8 * DAY, id=1)
        for ordering, first in [
            (FEFO, "OLD"),
            (FESAL, "OLD"),
            (LOFO, "SOON"),
            (HIFO, "SOON"),
        ]:
            goes = in_order([old, soon], ordering)[0].key
            self.assertEqual(goes, first, ordering.method)
        twins = [lot("SECOND", id=2), lot("FIRST", id=1)]
        self.assertEqual(in_order(twins, FIFO)[0].key, "FIRST")
        self.assertEqual(in_order(twins, LIFO)[0].key, "SECOND")


@tagged("post_install", "-at_install")
class TestStrategyOfCategories(DatedCase):
    """A category without a strategy follows the one above it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        categories = cls.env["product.category"]
        cls.food = categories.create({"name": "Food"})
        cls.fresh = categories.create({"name": "Fresh", "parent_id": cls.food.id})
        cls.dips = categories.create({"name": "Dips", "parent_id": cls.fresh.id})
        cls.hummus.categ_id = cls.dips
        cls.fefo = cls.env.ref("product_expiry.removal_fefo")
        cls.femal = cls.env.ref("batch_tracking.product_removal_femal")
        cls.lifo = cls.env.ref("stock.removal_lifo")

    def test_the_nearest_category_decides(self):
        clerk = self.user("clerk")
        quants = self.env["stock.quant"].with_user(clerk)

        def method():
            return quants._get_removal_strategy(self.hummus, self.stock)

        self.stock.removal_strategy_id = self.lifo
        self.assertEqual(method(), "lifo")
        self.food.removal_strategy_id = self.fefo
        self.assertEqual(method(), "fefo")
        self.fresh.removal_strategy_id = self.femal
        self.assertEqual(method(), "femal")
        self.dips.removal_strategy_id = self.fefo
        self.assertEqual(method(), "fefo")
        self.hummus.removal_strategy_id = self.lifo
        self.assertEqual(method(), "lifo")

    @freeze_time(NOW)
    def test_goods_leave_by_it(self):
        self.food.removal_strategy_id = self.lifo
        self.dated("FIRST", NOW + 9 * DAY, False)
        last = self.dated("LAST", NOW + 9 * DAY, False)
        self.assertEqual(self.taken(5), last)

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestFemal(KitchenCase):
    """First expiry, minimum available lifetime; similar expiries are three days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.categ_id = cls.env["product.category"].create(
            {
                "name": "Fresh",
                "removal_strategy_id": cls.env.ref(
                    "batch_tracking.product_removal_femal"
                ).id,
            }
        )
        cls.hummus.femal_window_days = 3

    def stocked(self, name, expires_in, best_before_in=None):
        lot = self.make_lot(self.hummus, name, expires_in=expires_in)
        if best_before_in is not None:
            lot.use_date = fields.Datetime.now() + timedelta(days=best_before_in)
        return self.put_on_hand(lot, 10)

    def taken(self, quantity, days=0):
        picking = self.order(self.hummus, quantity, self.market, days=days)
        lines = picking.move_line_ids.sorted("id")
        return [(line.lot_id.name, line.quantity) for line in lines]

    def test_first_expiry_first(self):
        self.stocked("LATE", 50)
        self.stocked("EARLY", 20)
        self.assertEqual(self.taken(12), [("EARLY", 10), ("LATE", 2)])

    def test_among_similar_expiries_the_shortest_useful_life_goes_first(self):
        self.stocked("EARLY", 20, best_before_in=18)
        self.stocked("TIRED", 22, best_before_in=12)
        self.stocked("LATE", 24, best_before_in=5)
        self.assertEqual(self.taken(25), [("TIRED", 10), ("EARLY", 10), ("LATE", 5)])

    def test_lots_under_the_margin_are_skipped(self):
        self.hummus.femal_margin_days = 10
        self.stocked("SHORT", 9)
        self.stocked("LONG", 30)
        self.assertEqual(self.taken(12), [("LONG", 10)])

    def test_the_margin_counts_from_the_day_of_delivery(self):
        self.hummus.femal_margin_days = 10
        self.stocked("LONG", 30)
        self.assertEqual(self.taken(4, days=15), [("LONG", 4)])
        self.assertEqual(self.taken(4, days=21), [])

    def test_useful_life_ends_at_best_before(self):
        self.hummus.femal_margin_days = 10
        self.stocked("STALE", 30, best_before_in=8)
        self.assertEqual(self.taken(4), [])

    def test_a_lot_without_dates_goes_last(self):
        undated = self.stocked("UNDATED", 1)
        undated.write(
            dict.fromkeys(
                ("expiration_date", "use_date", "removal_date", "alert_date"), False
            )
        )
        self.stocked("DATED", 40)
        self.assertEqual(self.taken(12), [("DATED", 10), ("UNDATED", 2)])

    def test_what_is_short_can_still_be_moved_and_counted(self):
        self.hummus.femal_margin_days = 10
        lot = self.stocked("SHORT", 5)
        self.bare_move(lot, 4, self.stock, self.stock.copy())._action_done()
        self.assertEqual(sorted(lot.quant_ids.mapped("quantity")), [4, 6])

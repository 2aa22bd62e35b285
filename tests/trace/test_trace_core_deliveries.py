from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.stock.models.stock_lot import StockLot as CoreLot

from ..common import KitchenCase

LOTS = 5


@tagged("post_install", "-at_install")
class TestCoreDeliveries(KitchenCase):
    """Core's delivery fields say what core says, whatever happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = [cls.supplier, cls.market, cls.bistro]

    def histories():  # noqa: N805 -- a strategy, made when the class is
        lot = st.integers(0, LOTS - 1)
        step = st.one_of(
            st.tuples(st.just("deliver"), lot, st.integers(1, 2)),
            st.tuples(st.just("make"), lot, lot),
            st.tuples(st.just("take_back"), lot, lot),
        )
        return st.lists(step, min_size=1, max_size=6)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories())
    def test_same_as_core_on_any_history(self, history):
        with self.cr.savepoint() as savepoint:
            self.check(history)
            savepoint.rollback()
        self.env.invalidate_all()

    def check(self, history):
        lots = self.env["stock.lot"]
        for number in range(LOTS):
            lots |= self.put_on_hand(self.make_lot(self.mash, f"D-{number}"), 100)
        deliveries = []
        for step, lot, other in history:
            getattr(self, f"_{step}")(lots[lot], other, lots, deliveries)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assert_same(lots)
        clerk = self.env["res.users"].search([("login", "=", "counter")])
        self.assert_same(lots.with_user(clerk or self.user("counter")))

    def _deliver(self, lot, partner, _lots, deliveries):
        deliveries.append(self.deliver(self.mash, 2, self.partners[partner], lot=lot))

    def _make(self, lot, other, lots, _deliveries):
        place = self.mash.property_stock_production
        used = self.bare_move(lot, 1, self.stock, place)
        made = self.bare_move(lots[other], 1, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids

    def _take_back(self, _lot, _other, _lots, deliveries):
        if deliveries:
            self.take_back(deliveries.pop(), 1)

    def assert_same(self, lots):
        expected = CoreLot._find_delivery_ids_by_lot_iterative(lots)
        found = lots._find_delivery_ids_by_lot_iterative()
        for lot in lots:
            self.assertEqual(set(found[lot.id]), set(expected[lot.id]), lot.name)
            self.assertEqual(set(lot.delivery_ids.ids), set(expected[lot.id]))
            self.assertEqual(lot.delivery_count, len(expected[lot.id]))
            pickings = self.env["stock.picking"].browse(expected[lot.id])
            self.assertEqual(lot.partner_ids, pickings.partner_id)

    def test_the_latest_customer_comes_first(self):
        lot = self.put_on_hand(self.make_lot(self.mash, "D-1"), 100)
        first = self.deliver(self.mash, 2, self.market, lot=lot)
        last = self.deliver(self.mash, 2, self.bistro, lot=lot)
        first.date_done = "2026-01-01 10:00:00"
        last.date_done = "2026-01-02 10:00:00"
        self.assertEqual(lot.partner_ids.ids, [self.bistro.id, self.market.id])

    def test_an_addon_with_its_own_idea_of_going_out_is_heard(self):
        lot = self.put_on_hand(self.make_lot(self.mash, "D-1"), 100)
        self.deliver(self.mash, 2, self.market, lot=lot)
        self.patch(
            self.env.registry["stock.lot"],
            "_get_outgoing_domain",
            lambda self: [("id", "=", 0)],
        )
        self.assertEqual(lot.delivery_count, 0)

    def test_one_query_for_many_lots(self):
        lots = self.env["stock.lot"].create(
            [{"product_id": self.mash.id, "name": f"Q-{n}"} for n in range(50)]
        )
        self.env.flush_all()
        with self.assertQueryCount(1):
            lots._find_delivery_ids_by_lot_iterative()

    def test_a_lot_that_is_being_typed_has_none(self):
        """Other addons look it up by its id, which is none yet (dropshipping does)."""
        saved = self.make_lot(self.mash, "D-9")
        self.deliver(self.mash, 2, self.market, lot=self.put_on_hand(saved, 5))
        typed = self.env["stock.lot"].new({"product_id": self.mash.id})
        edited = self.env["stock.lot"].new({"name": "D-10"}, origin=saved)
        found = (typed | edited)._find_delivery_ids_by_lot()
        self.assertEqual(found[typed.id], [])
        self.assertEqual(found[edited.id], saved.delivery_ids.ids)

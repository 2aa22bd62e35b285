from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..common import KitchenCase

DAY = timedelta(days=1)
START = datetime(2030, 1, 1)
METHODS = ("fifo", "lifo", "fefo", "femal", "fesal", "lofo", "hifo")

#: (age, expires in, useful days lost, cost, quantity); days from START
LOTS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.one_of(st.none(), st.integers(1, 12)),
        st.integers(0, 6),
        st.sampled_from([0, 1, 2.5, 4]),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=8,
)
FAR = datetime.max


def expected(method, lots, window):
    """Return the ids in order, by the plainest reading of what each strategy says."""
    plain = {
        "fifo": lambda lot: (lot.in_date, lot.id),
        "fefo": lambda lot: (lot.removal_date or FAR, lot.in_date, lot.id),
        "fesal": lambda lot: (
            lot.effective_expiration_date or FAR,
            lot.in_date,
            lot.id,
        ),
        "lofo": lambda lot: (lot.unit_cost or 1e9, *_expiry_age(lot)),
        "hifo": lambda lot: (-lot.unit_cost, *_expiry_age(lot)),
    }
    if method == "lifo":
        return list(reversed(expected("fifo", lots, window)))
    if method != "femal":
        return [lot.id for lot in sorted(lots, key=plain[method])]
    left, ordered = list(lots), []
    while left:
        first = min(lot.expiration_date or FAR for lot in left)
        reach = first if first == FAR else first + window * DAY
        group = [lot for lot in left if (lot.expiration_date or FAR) <= reach]
        ordered += sorted(group, key=_useful_age)
        left = [lot for lot in left if lot not in group]
    return [lot.id for lot in ordered]


def _expiry_age(lot):
    return lot.expiration_date or FAR, lot.in_date, lot.id


def _useful_age(lot):
    known = (lot.useful_until or FAR, lot.in_date, lot.expiration_date or FAR)
    return *known, lot.id


class RemovalCase(KitchenCase):
    """Stock of hummus in lots whose every attribute is known."""

    def stock_lots(self, lots):
        quants = self.env["stock.quant"]
        for number, (age, expires_in, lost, cost, quantity) in enumerate(lots):
            expiry = START + expires_in * DAY if expires_in is not None else False
            lot = self.make_lot(
                self.hummus,
                f"L-{number}",
                expiration_date=expiry,
                use_date=expiry and expiry - lost * DAY,
                removal_date=expiry and expiry - (lost % 2) * DAY,
                alert_date=False,
                unit_cost=cost,
            )
            quants._update_available_quantity(
                self.hummus, self.stock, quantity, lot_id=lot, in_date=START - age * DAY
            )
            quants |= lot.quant_ids
        return quants

    def choose(self, method):
        strategies = self.env["product.removal"].with_context(lang=None)
        self.hummus.removal_strategy_id = strategies.search(
            [("method", "=", method)], limit=1
        )

    def taken(self, demand):
        reserved = self.env["stock.quant"]._get_reserve_quantity(
            self.hummus, self.stock, demand
        )
        return [(quant.id, amount) for quant, amount in reserved]

    def greedy(self, quants, order, demand):
        taken = []
        for quant in quants.browse(order):
            amount = min(demand, quant.quantity - quant.reserved_quantity)
            if amount > 0:
                taken.append((quant.id, amount))
                demand -= amount
        return taken


@tagged("post_install", "-at_install")
class TestRemovalOrder(RemovalCase):
    """Random stock, and the order in which each strategy takes it."""

    @given(LOTS, st.integers(0, 4), st.integers(1, 20))
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.differing_executors],
    )
    def test_every_strategy_takes_what_the_oracle_takes(self, lots, window, demand):
        with self.env.cr.savepoint() as savepoint:
            quants = self.stock_lots(lots)
            self.hummus.femal_window_days = window
            for method in METHODS:
                self.choose(method)
                order = expected(method, quants, window)
                due = self.greedy(quants, order, demand)
                self.assertEqual(self.taken(demand), due, method)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_more_lots_than_one_read_holds(self):
        lots = [(n % 10, 1 + (n * 7) % 400, n % 5, 1 + n % 3, 1) for n in range(130)]
        quants = self.stock_lots(lots)
        self.hummus.femal_window_days = 60
        for method in METHODS:
            self.choose(method)
            order = expected(method, quants, 60)
            due = self.greedy(quants, order, 120)
            self.assertEqual(self.taken(120), due, method)

    def test_what_is_reserved_is_not_taken_again(self):
        quants = self.stock_lots([(3, 5, 0, 1, 4), (2, 6, 0, 1, 4)])
        quants.sorted("in_date")[0].reserved_quantity = 3
        self.choose("fifo")
        self.assertEqual([amount for _id, amount in self.taken(5)], [1, 4])

    def test_what_lacks_elsewhere_is_not_taken_here(self):
        quants = self.stock_lots([(3, 5, 0, 1, 4)])
        shelf = self.stock.copy({"location_id": self.stock.id})
        self.put_on_hand(quants.lot_id, -3, shelf)
        self.assertEqual(self.taken(4), [(quants.id, 1)])

    def test_lots_go_before_what_has_no_lot(self):
        self.put_on_hand_untracked(5)
        quants = self.stock_lots([(0, 5, 0, 1, 4)])
        self.choose("lifo")
        self.assertEqual(self.taken(6)[0], (quants.id, 4))

    def test_also_where_tracking_has_ended_since(self):
        quants = self.stock_lots([(0, 5, 0, 1, 4)])
        self.hummus.tracking = "none"
        self.env["stock.quant"]._update_available_quantity(
            self.hummus, self.stock, 5, in_date=START - 30 * DAY
        )
        self.choose("fifo")
        self.assertEqual(self.taken(6)[0], (quants.id, 4))

    def put_on_hand_untracked(self, quantity):
        self.env["stock.quant"]._update_available_quantity(
            self.hummus, self.stock, quantity
        )

    def test_the_products_strategy_wins_over_its_category(self):
        lifo = self.env.ref("stock.removal_lifo")
        self.hummus.categ_id = self.env["product.category"].create(
            {"name": "Fresh", "removal_strategy_id": lifo.id}
        )
        quants = self.env["stock.quant"]
        self.assertEqual(quants._get_removal_strategy(self.hummus, self.stock), "lifo")
        self.choose("hifo")
        self.assertEqual(quants._get_removal_strategy(self.hummus, self.stock), "hifo")


@tagged("post_install", "-at_install")
class TestFewestLots(RemovalCase):
    """One lot rather than two, if one that is due has enough."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.removal_fewest_lots = True
        cls.hummus.femal_window_days = 3

    def test_one_lot_within_the_window_covers_it(self):
        quants = self.stock_lots([(0, 5, 0, 1, 4), (0, 7, 0, 1, 9), (0, 9, 0, 1, 20)])
        self.choose("fefo")
        self.assertEqual(self.taken(6), [(quants[1].id, 6)])

    def test_no_lot_is_taken_from_beyond_the_window(self):
        quants = self.stock_lots([(0, 5, 0, 1, 4), (0, 7, 0, 1, 9), (0, 9, 0, 1, 20)])
        self.choose("fefo")
        taken = [(quants[0].id, 4), (quants[1].id, 9), (quants[2].id, 2)]
        self.assertEqual(self.taken(15), taken)

    def test_the_first_lot_that_covers_it_is_taken_in_order(self):
        quants = self.stock_lots([(0, 5, 0, 1, 6), (0, 7, 0, 1, 9)])
        self.choose("fefo")
        self.assertEqual(self.taken(6), [(quants[0].id, 6)])

    def test_equal_costs_count_as_due(self):
        quants = self.stock_lots([(0, 5, 0, 2, 4), (0, 90, 0, 2, 9), (0, 1, 0, 3, 9)])
        self.choose("lofo")
        self.assertEqual(self.taken(6), [(quants[1].id, 6)])

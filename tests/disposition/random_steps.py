from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from odoo.exceptions import AccessError, UserError

LOTS = st.integers(0, 3)
PLACES = st.integers(0, 3)
AMOUNTS = st.integers(1, 6)
CODES = st.sampled_from(("hold", "quarantine", "restricted", "rejected", "recalled"))


class Kitchen(RuleBasedStateMachine):
    """People do anything in any order; ``case`` is the test they do it in."""

    case = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()
        self.case.begin()

    def teardown(self):
        self.case.env.flush_all()
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.case.env.invalidate_all()
        self.case.env.registry.clear_cache()

    def attempt(self, act, *arguments):
        """Act as a request does: what is refused in words leaves nothing behind."""
        env = self.case.env
        try:
            with env.cr.savepoint():
                act(*arguments)
                env.flush_all()
            self.case.seen["done", act.__name__] += 1
        except (UserError, AccessError):
            env.invalidate_all()
            env.registry.clear_cache()

    @rule(lot=LOTS, place=PLACES, amount=AMOUNTS)
    def receive(self, lot, place, amount):
        self.attempt(self.case.do_receive, lot, place, amount)

    @rule(amount=AMOUNTS)
    def order(self, amount):
        self.attempt(self.case.do_order, amount)

    @rule(lot=LOTS, place=PLACES, amount=AMOUNTS)
    def order_by_hand(self, lot, place, amount):
        self.attempt(self.case.do_order_by_hand, lot, place, amount)

    @rule(which=st.integers(0, 5))
    def reserve(self, which):
        self.attempt(self.case.do_reserve, which)

    @rule(which=st.integers(0, 5))
    def deliver(self, which):
        self.attempt(self.case.do_deliver, which)

    @rule(lot=LOTS, code=CODES)
    def hold(self, lot, code):
        self.attempt(self.case.do_hold, lot, code)

    @rule(lot=LOTS)
    def release(self, lot):
        self.attempt(self.case.do_hold, lot, "released")

    @rule(place=PLACES, code=CODES)
    def impose(self, place, code):
        self.attempt(self.case.do_impose, place, code)

    @rule(place=PLACES)
    def lift(self, place):
        self.attempt(self.case.do_impose, place, None)

    @rule(lot=LOTS, place=PLACES, amount=st.integers(0, 6))
    def count(self, lot, place, amount):
        self.attempt(self.case.do_count, lot, place, amount)

    @rule(lot=LOTS, place=PLACES, amount=AMOUNTS)
    def scrap(self, lot, place, amount):
        self.attempt(self.case.do_go, lot, place, self.case.rubbish, amount)

    @rule(lot=LOTS, place=PLACES, amount=AMOUNTS)
    def consume(self, lot, place, amount):
        self.attempt(self.case.do_go, lot, place, self.case.kitchen, amount)

    @rule(lot=LOTS, place=PLACES, to=PLACES, amount=AMOUNTS)
    def carry(self, lot, place, to, amount):
        places = self.case.places
        self.attempt(self.case.do_go, lot, place, places[to], amount)

    @rule(lot=LOTS, amount=AMOUNTS)
    def split(self, lot, amount):
        self.attempt(self.case.do_split, lot, amount)

    @rule(place=PLACES, within=PLACES)
    def relocate_place(self, place, within):
        self.attempt(self.case.do_put_within, place, within)

    @invariant()
    def nothing_held_is_reserved(self):
        self.case.check_reservations()

    @invariant()
    def stock_is_sound(self):
        self.case.assert_stock_adds_up(self.case.hummus)

    @invariant()
    def nothing_held_has_moved(self):
        self.case.check_movements()

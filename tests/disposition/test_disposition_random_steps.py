from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import KitchenCase

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


@tagged("post_install", "-at_install")
class TestHoldInvariants(KitchenCase):
    """Four batches in four places, any of which may be held by batch or place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rubbish = cls.hummus.property_stock_inventory
        cls.kitchen = cls.hummus.property_stock_production
        cls.clerk = cls.user("clerk", "stock.group_stock_manager")

    def test_nothing_held_moves_or_is_reserved(self):
        self.seen = Counter()
        machine = type("TheKitchen", (Kitchen,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=12,
                stateful_step_count=14,
                deadline=None,
                phases=(Phase.explicit, Phase.reuse, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
        self.check_that_something_happened()

    def check_that_something_happened(self):
        """Nothing is proven by steps that were all refused."""
        for act in ("do_receive", "do_order", "do_hold", "do_impose"):
            self.assertTrue(self.seen["done", act], f"{act} never succeeded")
        self.assertTrue(self.seen["done", "do_go"] + self.seen["done", "do_deliver"])
        self.assertTrue(self.seen["reserved"], "nothing was ever reserved")
        self.assertTrue(self.seen["moved"], "nothing that a hold could stop moved")

    def begin(self):
        self.places = self.env["stock.location"].create(
            [{"name": f"Place {n}", "location_id": self.stock.id} for n in range(4)]
        )
        self.lots = self.env["stock.lot"].union(
            *(self.make_lot(self.hummus, f"L{n}", expires_in=40 + n) for n in range(4))
        )
        for lot, place in zip(self.lots, self.places, strict=True):
            self.put_on_hand(lot, 6, place)
        self.pickings = [self.order(self.hummus, 3, self.market)]
        self.known_lines = self.done_lines()

    def done_lines(self):
        return self.env["stock.move.line"].search(
            [
                ("state", "=", "done"),
                ("product_id", "=", self.hummus.id),
                ("move_id.lot_operation_id", "=", False),
            ]
        )

    # -- what people do

    def do_receive(self, lot, place, amount):
        source, target = self.suppliers, self.places[place]
        self.bare_move(self.lots[lot], amount, source, target)._action_done()

    def do_order(self, amount):
        self.pickings.append(self.order(self.hummus, amount, self.market))

    def do_order_by_hand(self, lot, place, amount):
        picking = self.order(self.hummus, amount, self.market)
        picking.do_unreserve()
        self.check_free(self.lots[lot], self.places[place], amount)
        values = {
            "move_id": picking.move_ids.id,
            "picking_id": picking.id,
            "product_id": self.hummus.id,
            "lot_id": self.lots[lot].id,
            "quantity": amount,
            "location_id": self.places[place].id,
            "location_dest_id": self.customers.id,
        }
        self.env["stock.move.line"].create(values)
        self.pickings.append(picking)

    def picking(self, which):
        open_pickings = [
            picking
            for picking in self.pickings
            if picking.exists() and picking.state not in ("done", "cancel")
        ]
        if not open_pickings:
            raise UserError(self.env._("There is no open transfer."))
        return open_pickings[which % len(open_pickings)]

    def do_reserve(self, which):
        self.picking(which).action_assign()

    def do_deliver(self, which):
        self.validate(self.picking(which))

    def do_hold(self, lot, code):
        self.lots[lot]._set_disposition(self.disposition(code), "For this test")

    def do_impose(self, place, code):
        self.places[place].disposition_id = code and self.disposition(code)

    def do_put_within(self, place, within):
        self.places[place].location_id = self.places[within]

    def do_count(self, lot, place, amount):
        quant = self.lots[lot].quant_ids.filtered(
            lambda quant: quant.location_id == self.places[place]
        )
        quant.with_context(inventory_mode=True).inventory_quantity = amount
        quant.action_apply_inventory()

    def do_go(self, lot, place, target, amount):
        lot, source = self.lots[lot], self.places[place]
        self.check_free(lot, source, amount)
        move = self.bare_move(lot, amount, source, target)
        move.with_user(self.clerk)._action_done()

    def check_free(self, lot, place, amount):
        """Core lets people reserve by hand what is not there; ours do not."""
        quants = self.env["stock.quant"]
        free = quants._get_available_quantity(self.hummus, place, lot, strict=True)
        if free < amount:
            raise UserError(self.env._("So much is not free."))

    def do_split(self, lot, amount):
        wizard = self.env["stock.lot.operate"].create(
            {"kind": "split", "lot_ids": self.lots[lot].ids}
        )
        source = wizard.source_ids.filtered("quantity")[:1]
        (wizard.source_ids - source).quantity = 0
        wizard.target_ids = [(0, 0, {"quantity": amount})]
        wizard.apply()

    # -- what must hold

    def forbidding(self, lot, place, purpose):
        held = lot.disposition_id | place.imposed_disposition_ids
        return held.filtered(lambda disposition: not disposition[f"allow_{purpose}"])

    def check_reservations(self):
        self.env.flush_all()
        lines = self.env["stock.move.line"].search(
            [
                ("product_id", "=", self.hummus.id),
                ("state", "not in", ("done", "cancel")),
                ("location_dest_id", "=", self.customers.id),
            ]
        )
        for line in lines.filtered(lambda line: line.lot_id and line.quantity):
            self.seen["reserved"] += 1
            self.assertFalse(
                self.forbidding(line.lot_id, line.location_id, "deliver"),
                f"{line.lot_id.name} is reserved",
            )

    def check_movements(self):
        """What has just been done was permitted by what held just then.

        Holding itself moves nothing: the last step was a movement or a hold, so what
        holds now held when it was done.
        """
        done_lines = self.done_lines()
        # A line that is done now may have been reserved long ago.
        new = done_lines - self.known_lines
        purposes = {
            self.customers: "deliver",
            self.kitchen: "consume",
        }
        for line in new.filtered("lot_id"):
            purpose = purposes.get(line.location_dest_id)
            if purpose:
                self.seen["moved"] += 1
                forbidding = self.forbidding(line.lot_id, line.location_id, purpose)
                self.assertFalse(forbidding, f"{line.lot_id.name} has moved")
        self.known_lines = done_lines

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import KitchenCase
from .random_steps import Kitchen


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

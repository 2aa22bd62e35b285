from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import KitchenCase

METHODS = ("fifo", "lifo", "fefo", "femal", "fesal", "lofo", "hifo", "closest")
#: What somebody does, with which lot, customer or strategy, and how much.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["order", "type", "unreserve", "ship", "receive", "count", "use"]
            + ["hold", "release", "spoil", "choose", "take back", "move"]
        ),
        st.integers(0, 7),
        st.integers(1, 9),
    ),
    min_size=4,
    max_size=14,
)


class NotNowError(Exception):
    """A step that makes no sense here: the next one is taken."""


@tagged("post_install", "-at_install")
class TestInvariants(KitchenCase):
    """Whatever people do, in whichever order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner.shelf.life"].create(
            {"partner_id": cls.market.id, "min_days": 20}
        )
        cls.shelf = cls.stock.copy({"location_id": cls.stock.id, "name": "Shelf"})

    def test_stock_stays_sound_and_reservations_eligible(self):
        self.seen = Counter()
        self.take_steps()
        for step in ("order", "use", "receive", "count", "hold", "choose"):
            self.assertTrue(self.seen[step], f"“{step}” never succeeded")
        self.assertTrue(self.seen["reserved"], "nothing was ever reserved")
        self.assertTrue(self.seen["ship"] + self.seen["move"], "nothing ever left")

    @given(STEPS)
    @settings(
        max_examples=25,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    def take_steps(self, steps):
        with self.env.cr.savepoint() as savepoint:
            self.begin()
            for step, which, amount in steps:
                try:
                    with self.env.cr.savepoint():
                        self.do(step, which, amount)
                except (NotNowError, UserError):
                    continue  # refused in words, and undone
                self.seen[step] += 1
                self.assert_stock_adds_up(self.hummus, lots_only=True)
            savepoint.rollback()
        self.env.invalidate_all()

    def begin(self):
        days = (-1, 5, 19, 25, 40)
        self.lots = [
            self.put_on_hand(self.make_lot(self.hummus, f"L{n}", day), 6)
            for n, day in enumerate(days)
        ]
        self.pickings = []

    def do(self, step, which, amount):
        getattr(self, f"do_{step.replace(' ', '_')}")(which, amount)

    def lot(self, which):
        return self.lots[which % len(self.lots)]

    def picking(self, which):
        if not self.pickings:
            raise NotNowError
        return self.pickings[which % len(self.pickings)]

    def do_order(self, which, amount):
        customer = (self.market, self.bistro)[which % 2]
        self.pickings.append(self.order(self.hummus, amount, customer))
        self.check_eligibility(self.pickings[-1].move_ids)

    def do_type(self, which, amount):
        picking = self.picking(which)
        if picking.state in ("done", "cancel"):
            raise NotNowError
        picking.do_unreserve()
        picking.move_ids.quantity = amount
        self.check_eligibility(picking.move_ids)

    def do_unreserve(self, which, _amount):
        self.picking(which).do_unreserve()

    def do_ship(self, which, _amount):
        picking = self.picking(which)
        if picking.state != "assigned":
            raise NotNowError
        self.validate(picking)

    def do_receive(self, which, amount):
        lot = self.lot(which)
        self.bare_move(lot, amount, self.suppliers, self.stock)._action_done()

    def do_count(self, which, amount):
        quant = self.lot(which).quant_ids.filtered(
            lambda quant: quant.location_id == self.stock
        )[:1]
        quant.with_context(inventory_mode=True).inventory_quantity = amount
        quant.action_apply_inventory()

    def do_use(self, _which, amount):
        place = self.hummus.property_stock_production
        move = self.env["stock.move"].create(
            {
                "product_id": self.hummus.id,
                "product_uom_qty": amount,
                "location_id": self.stock.id,
                "location_dest_id": place.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.check_eligibility(move)

    def do_hold(self, which, _amount):
        self.lot(which)._set_disposition(self.disposition("hold"), "Odd")

    def do_release(self, which, _amount):
        self.lot(which)._set_disposition(self.disposition("released"), "Fine")

    def do_spoil(self, which, amount):
        end = fields.Datetime.now() + timedelta(days=amount - 4)
        dates = ("expiration_date", "use_date", "removal_date", "alert_date")
        self.lot(which).write(dict.fromkeys(dates, end))

    def do_choose(self, which, amount):
        strategies = self.env["product.removal"].with_context(lang=None)
        self.hummus.removal_strategy_id = strategies.search(
            [("method", "=", METHODS[which])], limit=1
        )
        self.hummus.femal_window_days = amount
        self.hummus.removal_fewest_lots = amount > 5

    def do_take_back(self, which, amount):
        picking = self.picking(which)
        if picking.state != "done":
            raise NotNowError
        self.take_back(picking, min(amount, sum(picking.move_ids.mapped("quantity"))))

    def do_move(self, which, amount):
        lot = self.lot(which)
        on_hand = lot.quant_ids.filtered(lambda quant: quant.location_id == self.stock)
        free = sum(on_hand.mapped("quantity")) - sum(
            on_hand.mapped("reserved_quantity")
        )
        if free < amount:
            raise NotNowError
        self.bare_move(lot, amount, self.stock, self.shelf)._action_done()

    # -- what must hold

    def check_eligibility(self, moves):
        """Check what has just been reserved against the rule in plain Python."""
        now = fields.Datetime.now()
        for line in moves.move_line_ids.filtered(lambda line: line.lot_id):
            lot = line.lot_id
            self.seen["reserved"] += 1
            self.assertEqual(lot.disposition_id, self.disposition("released"))
            if lot.removal_date:
                self.assertGreaterEqual(lot.removal_date, now - timedelta(minutes=1))
            if line.picking_id.partner_id == self.market:
                left = (lot.useful_until - now) / timedelta(days=1)
                self.assertGreater(left, 18.9)

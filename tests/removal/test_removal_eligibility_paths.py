from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...tools.removal.reservation import (
    ReservationContext,
    TransferCache,
)
from .eligibility_case import EligibilityCase


@tagged("post_install", "-at_install")
class TestEligibilityPaths(EligibilityCase):
    """Whatever the path, what is short or expired is not taken."""

    def expire(self, lot):
        past = fields.Datetime.now() - timedelta(hours=1)
        dates = ("expiration_date", "use_date", "removal_date", "alert_date")
        lot.write(dict.fromkeys(dates, past))

    def test_a_typed_quantity_takes_nothing_expired(self):
        picking = self.order(self.hummus, 1, self.market)
        picking.do_unreserve()
        self.expire(self.short)
        picking.move_ids.quantity = 5
        self.assertEqual(self.reserved(picking), {"LONG": 5})

    def test_production_takes_nothing_expired(self):
        self.expire(self.short)
        move = self.env["stock.move"].create(
            {
                "product_id": self.hummus.id,
                "product_uom_qty": 12,
                "location_id": self.stock.id,
                "location_dest_id": self.hummus.property_stock_production.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.assertEqual(move.move_line_ids.lot_id, self.long)

    def test_picking_looks_through_to_the_customer(self):
        self.warehouse.delivery_steps = "pick_ship"
        self.ask(self.market, days=20)
        picks = self.ordered_in_steps(self.market, 4)
        picks.action_assign()
        self.assertEqual(self.reserved(picks[0]), {"LONG": 4})

    def test_shipping_does_not_take_what_has_expired_in_between(self):
        self.warehouse.delivery_steps = "pick_ship"
        picks = self.ordered_in_steps(self.market, 4)
        picks.action_assign()
        self.assertEqual(self.reserved(picks[0]), {"SHORT": 4})
        self.validate(picks[0])
        shipping = picks.move_ids.move_dest_ids.picking_id
        shipping.do_unreserve()
        self.expire(self.short)
        shipping.action_assign()
        self.assertEqual(self.reserved(shipping), {})

    def ordered_in_steps(self, customer, quantity):
        reference = self.env["stock.reference"].create({"name": "An order"})
        values = {
            "warehouse_id": self.warehouse,
            "partner_id": customer.id,
            "date_planned": fields.Datetime.now(),
            "reference_ids": reference,
        }
        self.env["stock.rule"].run(
            [
                self.env["stock.rule"].Procurement(
                    self.hummus,
                    quantity,
                    self.hummus.uom_id,
                    self.customers,
                    "An order",
                    "An order",
                    self.company,
                    values,
                )
            ]
        )
        moves = self.env["stock.move"].search(
            [("product_id", "=", self.hummus.id), ("reference_ids", "=", reference.id)]
        )
        first = moves.filtered(lambda move: move.location_id == self.stock)
        return first.picking_id

    def test_somebody_may_still_move_what_is_short(self):
        self.ask(self.market, days=20)
        shelf = self.stock.copy()
        self.bare_move(self.short, 4, self.stock, shelf)._action_done()
        self.assertEqual(sorted(self.short.quant_ids.mapped("quantity")), [4, 6])

    def test_closest_location_and_fewest_packages_heed_the_rule(self):
        self.ask(self.market, days=20)
        for name in ("closest", "least_packages"):
            self.hummus.removal_strategy_id = self.env.ref(f"stock.removal_{name}")
            picking = self.order(self.hummus, 4, self.market)
            self.assertEqual(self.reserved(picking), {"LONG": 4}, name)
            picking.do_unreserve()

    def test_while_a_transfer_is_done_its_strategy_is_asked_for_once(self):
        self.hummus.removal_strategy_id = self.env.ref("stock.removal_fifo")
        cache = TransferCache(frozenset())
        quants = self.env["stock.quant"].with_context(
            quants_cache={},
            batch_reservation=ReservationContext(None, transfer_cache=cache),
        )
        goods = (self.hummus, self.stock)
        self.assertEqual(quants._get_removal_strategy(*goods), "fifo")
        self.hummus.removal_strategy_id = self.env.ref("stock.removal_lifo")
        self.assertEqual(quants._get_removal_strategy(*goods), "fifo")
        others = quants.with_context(batch_reservation=None)
        self.assertEqual(others._get_removal_strategy(*goods), "lifo")

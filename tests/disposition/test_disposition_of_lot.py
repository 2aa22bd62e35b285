from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.disposition.exceptions import (
    BatchHeldError,
    ReleaseNotAllowedError,
)
from ...models.ledger.exceptions import (
    DoneLineIsEvidenceError,
)
from ...tools.movement import CONSUME, DELIVER, SCRAP
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestDisposition(KitchenCase):
    """Two lots of hummus lie in stock; one of them must not go out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad = cls.put_on_hand(cls.make_lot(cls.hummus, "BAD", expires_in=40), 10)
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "GOOD", expires_in=50), 10)

    def hold(self, lot=None, code="hold"):
        (lot or self.bad)._set_disposition(self.disposition(code), "Smells odd")

    def reserved(self, picking):
        lines = picking.move_line_ids
        return {line.lot_id.name: line.quantity for line in lines if line.quantity}

    @contextmanager
    def assert_held_from(self, purpose):
        """Expect that the bad lot may not be put to a use, for its own disposition."""
        with self.assertRaises(BatchHeldError) as caught:
            yield
        error = caught.exception
        self.assertEqual(error.lot, self.bad)
        self.assertEqual(error.product, self.hummus)
        self.assertEqual(error.disposition, self.disposition("hold"))
        self.assertEqual(error.purpose, purpose)
        self.assertFalse(error.place)

    def test_a_new_lot_is_released(self):
        self.assertEqual(self.bad.disposition_id, self.disposition("released"))

    def test_a_held_lot_is_not_reserved(self):
        self.hold()
        picking = self.order(self.hummus, 15, self.market)
        self.assertEqual(self.reserved(picking), {"GOOD": 10})

    def test_a_typed_quantity_does_not_take_a_held_lot(self):
        self.hold()
        picking = self.order(self.hummus, 5, self.market)
        picking.move_ids.quantity = 8
        self.assertEqual(self.reserved(picking), {"GOOD": 8})

    def test_nobody_puts_a_held_lot_on_a_transfer_by_hand(self):
        self.hold()
        with self.assertRaisesRegex(UserError, "BAD.*On hold.*Deliver"):
            self.order(self.hummus, 5, self.market, lot=self.bad)

    def test_holding_breaks_reservations_and_finds_other_lots(self):
        picking = self.order(self.hummus, 8, self.market)
        self.bad._set_disposition(self.disposition("released"), "Nothing yet")
        before = self.reserved(picking)
        held = self.env["stock.lot"].search([("name", "in", list(before))])
        self.hold(held)
        other = {"BAD": "GOOD", "GOOD": "BAD"}[held.name]
        self.assertEqual(self.reserved(picking), {other: 8})
        self.assertIn(held.name, picking.message_ids[:1].body)

    def test_a_picked_line_does_not_slip_past(self):
        picking = self.order(self.hummus, 5, self.market, lot=self.bad)
        picking.move_ids.picked = True
        self.hold()
        self.assertNotIn("BAD", self.reserved(picking))

    def test_a_done_line_cannot_be_turned_into_a_held_lot(self):
        picking = self.deliver(self.hummus, 5, self.market, lot=self.good)
        self.hold()
        with self.assert_held_from(DELIVER):
            picking.move_line_ids.lot_id = self.bad

    def test_a_done_line_of_a_held_lot_neither_grows_nor_shrinks(self):
        picking = self.deliver(self.hummus, 5, self.market, lot=self.bad)
        self.hold()
        for quantity in (4, 6):
            with self.assertRaises(DoneLineIsEvidenceError):
                picking.move_line_ids.quantity = quantity

    def test_a_move_that_is_done_by_code_is_stopped(self):
        move = self.bare_move(self.bad, 2, self.stock, self.customers)
        self.env.cr.execute(
            "UPDATE stock_lot SET disposition_id = %s WHERE id = %s",
            [self.disposition("hold").id, self.bad.id],
        )
        self.bad.invalidate_recordset()
        with self.assert_held_from(DELIVER):
            move._action_done()

    def test_a_held_lot_is_not_used_in_production(self):
        self.hold()
        with self.assert_held_from(CONSUME):
            self.produce(self.mash, "M-1", 1, uses=[(self.bad, 1)])

    def test_a_held_lot_is_not_scrapped_but_a_recalled_one_is(self):
        self.hold()
        with self.assert_held_from(SCRAP):
            self.scrap(self.bad, 1)
        self.hold(code="recalled")
        self.scrap(self.bad, 1)
        self.assertEqual(self.bad.product_qty, 9)

    def test_a_held_lot_may_be_moved_and_counted(self):
        self.hold()
        shelf = self.env["stock.location"].create(
            {"name": "Quarantine", "location_id": self.stock.id}
        )
        self.bare_move(self.bad, 10, self.stock, shelf)._action_done()
        self.assertEqual(self.bad.quant_ids.filtered("quantity").location_id, shelf)
        quant = self.bad.quant_ids.filtered(lambda quant: quant.location_id == shelf)
        quant.with_context(inventory_mode=True).inventory_quantity = 9
        quant.action_apply_inventory()
        self.assertEqual(self.bad.product_qty, 9)

    def test_moving_a_held_lot_leaves_one_quantity_in_each_place(self):
        self.hold()
        self.bare_move(self.bad, 3, self.stock, self.stock.copy())._action_done()
        self.assertEqual(sorted(self.bad.quant_ids.mapped("quantity")), [3, 7])

    def test_a_customer_may_always_send_it_back(self):
        delivery = self.deliver(self.hummus, 5, self.market, lot=self.bad)
        self.hold(code="recalled")
        self.take_back(delivery, 2)
        self.assertEqual(self.bad.product_qty, 7)

    def test_a_supplier_may_deliver_more_of_a_held_lot(self):
        lot = self.receive(self.chickpeas, "CP-1", 10)
        self.hold(lot)
        self.receive(self.chickpeas, "CP-1", 5)
        self.assertEqual(lot.product_qty, 15)

    def test_picking_for_a_delivery_counts_as_delivering(self):
        self.warehouse.delivery_steps = "pick_ship"
        self.hold()
        rule = self.env["stock.rule"]
        values = {"warehouse_id": self.warehouse, "partner_id": self.market.id}
        rule.run(
            [
                rule.Procurement(
                    self.hummus,
                    15,
                    self.hummus.uom_id,
                    self.customers,
                    "SO1",
                    "SO1",
                    self.company,
                    values,
                )
            ]
        )
        pick = self.env["stock.move"].search(
            [("origin", "=", "SO1"), ("location_id", "=", self.stock.id)]
        )
        pick._action_assign()
        self.assertEqual(pick.lot_ids, self.good)

    def test_releasing_needs_the_quality_right(self):
        self.hold()
        clerk = self.user("clerk")
        released = self.disposition("released")
        with self.assertRaisesRegex(AccessError, "quality manager"):
            self.bad.with_user(clerk)._set_disposition(released, "Fine")
        with self.assertRaises(ReleaseNotAllowedError) as caught:
            self.bad.with_user(clerk).disposition_id = released
        self.assertEqual(caught.exception.subject, self.bad)
        self.assertEqual(caught.exception.disposition, self.disposition("hold"))
        quality = self.user("quality", "batch_tracking.group_quality_manager")
        self.bad.with_user(quality)._set_disposition(released, "Fine")
        self.assertEqual(self.bad.disposition_id, released)

    def test_a_clerk_may_hold_and_the_reason_is_kept(self):
        clerk = self.user("clerk")
        wizard = self.env["stock.lot.set.disposition"].with_user(clerk)
        wizard.create(
            {
                "lot_ids": self.bad.ids,
                "disposition_id": self.disposition("hold").id,
                "reason": "Lid <b>open</b>",
            }
        ).apply()
        self.assertEqual(self.bad.disposition_id, self.disposition("hold"))
        event = self.bad.event_ids.filtered(lambda event: event.kind == "disposition")
        self.assertEqual(event[:1].new_value, "On hold")
        self.assertTrue(event[:1].reason.startswith("Lid <b>open</b>"))

    def test_what_is_missing_is_said(self):
        wizard = self.env["stock.lot.set.disposition"].create({})
        with self.assertRaisesRegex(UserError, "No batch is chosen"):
            wizard.apply()
        wizard.lot_ids = self.bad
        with self.assertRaisesRegex(UserError, "Choose what"):
            wizard.apply()
        wizard.disposition_id = self.disposition("hold")
        with self.assertRaisesRegex(UserError, "say why"):
            wizard.apply()

    def test_changing_what_a_disposition_permits_takes_effect_at_once(self):
        self.hold()
        self.disposition("hold").allow_scrap = True
        self.scrap(self.bad, 1)
        self.assertEqual(self.bad.product_qty, 9)

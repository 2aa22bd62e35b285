from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.number.exceptions import NumberTakenError
from ...models.operation.exceptions import (
    AlreadyUndoneError,
    NotFreeError,
    SerialProductError,
)
from .operation_case import OperationCase


@tagged("post_install", "-at_install")
class TestSplit(OperationCase):
    def test_parts_get_numbers_and_the_rest_stays(self):
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        self.hummus.lot_sequence_id = sequence
        operation = self.operate("split", self.lot, parts=[(30, False), (20, "H-1B")])
        first, second = self.made(operation).sorted(lambda lot: lot.name == "H-1B")
        self.assertRegex(first.name, r"^01-\d{7}$")
        self.assertEqual(
            (self.lot.product_qty, first.product_qty, second.product_qty), (50, 30, 20)
        )
        self.assertEqual(self.parents(first), {"H-1": (30, 30, "split", "exact")})
        self.assertEqual(self.parents(second), {"H-1": (20, 20, "split", "exact")})
        self.assert_balanced(self.lot | first | second)

    def test_nothing_is_split_off_into_a_number_that_is_there(self):
        self.operate("split", self.lot, parts=[(30, "H-1A")])
        with self.assertRaises(NumberTakenError):
            self.operate("split", self.lot, parts=[(20, "H-1A")])

    def test_core_traces_a_split_too(self):
        [part] = self.made(self.operate("split", self.lot, parts=[(30, "H-1A")]))
        self.deliver(self.hummus, 5, self.market, lot=part)
        deliveries = self.lot._find_delivery_ids_by_lot_iterative()
        self.assertEqual(len(deliveries[self.lot.id]), 1)

    def test_dates_and_what_else_is_known_are_handed_on(self):
        expiry = fields.Datetime.now().replace(microsecond=0) + timedelta(days=9)
        self.lot.write({"expiration_date": expiry, "removal_date": expiry})
        self.lot.production_date = "2026-05-20"
        [part] = self.made(self.operate("split", self.lot, parts=[(30, "H-1A")]))
        self.assertEqual((part.expiration_date, part.removal_date), (expiry, expiry))
        self.assertEqual(part.production_date, self.lot.production_date)
        self.assertEqual(part.supplier_id, self.supplier)

    def test_held_stock_stays_held(self):
        self.lot._set_disposition(self.disposition("hold"), "Smells odd")
        stock_user = self.user("sam")
        operations = self.env["stock.lot.operate"].with_user(stock_user)
        wizard = operations.create(
            {
                "kind": "split",
                "lot_ids": self.lot.ids,
                "target_ids": [fields.Command.create({"quantity": 4, "name": "H-1A"})],
            }
        )
        wizard.apply()
        part = self.env["stock.lot"].search([("name", "=", "H-1A")])
        self.assertEqual(part.disposition_id, self.disposition("hold"))
        order = self.order(self.hummus, 3, self.market)
        self.assertFalse(order.move_ids.move_line_ids)

    def test_an_operation_is_no_way_round_a_hold(self):
        operation = self.operate("split", self.lot, parts=[(30, "H-1A")])
        self.lot._set_disposition(self.disposition("hold"), "Smells odd")
        place = self.hummus.property_stock_production
        with self.assertRaisesRegex(UserError, "Use in production"):
            move = self.bare_move(self.lot, 5, self.stock, place)
            move.lot_operation_id = operation
            move._action_done()

    def test_reserved_goods_are_not_taken(self):
        order = self.order(self.hummus, 80, self.market)
        with self.assertRaises(NotFreeError) as refused:
            self.operate("split", self.lot, parts=[(30, "H-1A")])
        error = refused.exception
        self.assertEqual((error.lot, error.location), (self.lot, self.stock))
        self.assertEqual((error.wanted, error.free), (30, 20))
        self.assertEqual(error.references, [order.name])
        self.assertIn("only 20.0 are free", str(error))
        self.assertEqual(self.lot.product_qty, 100)

    def test_a_split_is_undone_by_merging(self):
        operation = self.operate("split", self.lot, parts=[(30, "H-1A"), (20, "H-1B")])
        reverse = self.env[operation._name].browse(operation.action_undo()["res_id"])
        self.assertEqual((reverse.kind, reverse.undoes_id), ("merge", operation))
        self.assertTrue(operation.is_undone)
        self.assertEqual(self.lot.product_qty, 100)
        self.assertEqual(self.made(operation).mapped("product_qty"), [0, 0])
        self.assert_balanced(self.lot | self.made(operation))
        with self.assertRaises(AlreadyUndoneError) as refused:
            operation.action_undo()
        self.assertEqual(refused.exception.operation, operation)

    def test_what_has_left_cannot_be_undone(self):
        operation = self.operate("split", self.lot, parts=[(30, "H-1A")])
        self.deliver(self.hummus, 5, self.market, lot=self.made(operation))
        with self.assertRaises(NotFreeError) as refused:
            operation.action_undo()
        self.assertEqual(refused.exception.free, 25)

    def test_both_lots_have_an_event(self):
        operation = self.operate(
            "split", self.lot, parts=[(30, "H-1A")], reason="Two shelves"
        )
        for lot in self.lot | self.made(operation):
            event = lot.event_ids[0]
            self.assertEqual(event.what, f"Split {operation.name}")
            self.assertEqual(
                (event.old_value[:4], event.new_value[:5]), ("H-1:", "H-1A:")
            )
            self.assertEqual(event.reason, "Two shelves")
            self.assertEqual(event.user_name, self.env.user.name)

    def test_serial_numbers_are_not_split(self):
        pump = self.make_product("Pump", tracking="serial")
        lot = self.put_on_hand(self.make_lot(pump, "FX1"), 1)
        with self.assertRaises(SerialProductError) as refused:
            self.operate("split", lot, parts=[(0.5, "FX2")])
        self.assertEqual(refused.exception.product, pump)

    def test_a_lot_without_stock_cannot_be_split(self):
        lot = self.make_lot(self.hummus, "H-2")
        with self.assertRaisesRegex(UserError, "nothing to take"):
            self.operate("split", lot, parts=[(1, "H-3")])

    def test_the_form_splits(self):
        action = self.env["stock.lot.operate"].with_context(
            default_lot_ids=self.lot.ids
        )
        with Form(action) as form:
            self.assertEqual(form.source_ids._records[0]["quantity"], 100)
            with form.target_ids.new() as part:
                part.name, part.quantity = "H-1A", 10
        form.record.apply()
        part = self.env["stock.lot"].search([("name", "=", "H-1A")])
        self.assertEqual((self.lot.product_qty, part.product_qty), (90, 10))


@tagged("post_install", "-at_install")
class TestWhoMay(OperationCase):
    def test_readers_do_not_operate(self):
        reader = self.env["res.users"].create(
            {
                "name": "Reader",
                "login": "reader",
                "group_ids": [
                    fields.Command.set(
                        self.env.ref("batch_tracking.group_batch_user").ids
                    )
                ],
            }
        )
        with self.assertRaises(AccessError):
            self.env["stock.lot.operate"].with_user(reader).create({"kind": "split"})

    def test_other_companies_goods_are_not_taken(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        self.env.user.company_ids |= other
        wizard = self.env["stock.lot.operate"].with_company(other)
        wizard = wizard.create({"kind": "split", "lot_ids": self.lot.ids})
        self.assertFalse(wizard.source_ids)

    def test_an_operation_is_seen_in_its_company_only(self):
        operation = self.operate("split", self.lot, parts=[(30, "H-1A")])
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        stranger = self.user("stranger")
        stranger.write({"company_ids": other.ids, "company_id": other.id})
        with self.assertRaises(AccessError):
            operation.with_user(stranger).read(["name"])
        with self.assertRaises(AccessError):
            operation.with_user(stranger).action_undo()

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.operation.exceptions import (
    BarredLotError,
    DifferentProductsError,
)
from .operation_case import OperationCase


@tagged("post_install", "-at_install")
class TestMerge(OperationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.receive(cls.hummus, "H-2", 50)

    def test_two_lots_become_a_new_one(self):
        both = self.lot | self.other
        operation = self.operate("merge", both, name="H-3")
        [blend] = self.made(operation)
        self.assertEqual(blend.product_qty, 150)
        self.assertEqual(
            self.parents(blend),
            {
                "H-1": (100, 150, "merge", "exact"),
                "H-2": (50, 150, "merge", "exact"),
            },
        )
        self.assert_balanced(both | blend)

    def test_a_blend_expires_with_its_first(self):
        soon = fields.Datetime.now().replace(microsecond=0) + timedelta(days=3)
        self.other.write({"expiration_date": soon, "removal_date": soon})
        self.lot.expiration_date = soon + timedelta(days=30)
        [blend] = self.made(self.operate("merge", self.lot | self.other))
        self.assertEqual(blend.expiration_date, soon)

    def test_merging_into_an_existing_lot(self):
        soon = fields.Datetime.now().replace(microsecond=0) + timedelta(days=3)
        self.other.expiration_date = soon
        self.operate("merge", self.lot | self.other, target_lot_id=self.lot.id)
        self.assertEqual((self.lot.product_qty, self.other.product_qty), (150, 0))
        self.assertEqual(self.lot.expiration_date, soon)
        self.assertEqual(self.parents(self.lot), {"H-2": (50, 50, "merge", "exact")})

    def test_a_held_lot_is_not_hidden_in_a_blend(self):
        self.other._set_disposition(self.disposition("hold"), "Smells odd")
        with self.assertRaises(BarredLotError) as refused:
            self.operate("merge", self.lot | self.other)
        self.assertEqual(refused.exception.lot, self.other)
        self.assertEqual(self.lot.product_qty, 100)

    def test_held_lots_make_a_held_blend(self):
        both = self.lot | self.other
        both._set_disposition(self.disposition("hold"), "Smells odd")
        [blend] = self.made(self.operate("merge", both))
        self.assertEqual(blend.disposition_id, self.disposition("hold"))

    def test_a_merge_is_undone_by_splitting(self):
        operation = self.operate("merge", self.lot | self.other)
        operation.action_undo()
        self.assertEqual((self.lot.product_qty, self.other.product_qty), (100, 50))
        self.assert_balanced(self.lot | self.other | self.made(operation))

    def test_two_products_do_not_merge(self):
        mash = self.receive(self.mash, "M-1", 5)
        with self.assertRaises(DifferentProductsError) as refused:
            self.operate("merge", self.lot | mash)
        self.assertEqual(refused.exception.products, self.hummus | self.mash)

    def test_one_lot_cannot_be_merged(self):
        with self.assertRaisesRegex(UserError, "two batches or more"):
            self.operate("merge", self.lot)


@tagged("post_install", "-at_install")
class TestRepack(OperationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pot = cls.make_product("Hummus, pot")

    def test_a_repacked_lot_is_of_another_product(self):
        operation = self.operate(
            "repack",
            self.lot,
            product_id=self.pot.id,
            made_quantity=400,
            name="P-1",
        )
        [pots] = self.made(operation)
        self.assertEqual((pots.product_id, pots.product_qty), (self.pot, 400))
        self.assertEqual(self.parents(pots), {"H-1": (100, 400, "repack", "exact")})
        self.assert_balanced(self.lot | pots)
        operation.action_undo()
        self.assertEqual((self.lot.product_qty, pots.product_qty), (100, 0))

    def test_each_repacked_piece_gets_its_serial_number(self):
        self.pot.tracking = "serial"
        operation = self.operate(
            "repack", self.lot, product_id=self.pot.id, made_quantity=4
        )
        pots = self.made(operation)
        self.assertEqual(len(pots), 4)
        self.assertEqual(self.parents(pots[0]), {"H-1": (25, 1, "repack", "exact")})
        with self.assertRaisesRegex(UserError, "whole number"):
            lot = self.receive(self.hummus, "H-2", 3)
            self.operate("repack", lot, product_id=self.pot.id, made_quantity=1.5)


@tagged("post_install", "-at_install")
class TestRelabel(OperationCase):
    def test_a_lot_is_relabelled_in_all_places(self):
        shelf = self.stock.copy({"name": "Shelf", "location_id": self.stock.id})
        self.put_on_hand(self.lot, 7, shelf)
        operation = self.operate("relabel", self.lot, name="H-1-NEW")
        [new] = self.made(operation)
        quants = self.env["stock.quant"].search(
            [("lot_id", "=", new.id), ("location_id.usage", "=", "internal")]
        )
        self.assertEqual(
            {quant.location_id: quant.quantity for quant in quants},
            {self.stock: 100, shelf: 7},
        )
        self.assertEqual(self.lot.product_qty, 0)
        parents = self.env["stock.lot.link"].search([("child_lot_id", "=", new.id)])
        self.assertEqual(set(parents.mapped("kind")), {"relabel"})
        self.assertEqual(sum(parents.mapped("parent_quantity")), 107)
        operation.action_undo()
        self.assertEqual((self.lot.product_qty, new.product_qty), (107, 0))

    def test_a_number_in_use_is_refused(self):
        self.make_lot(self.hummus, "H-2")
        with self.assertRaisesRegex(UserError, "There is a batch H-2"):
            self.operate("relabel", self.lot, name="H-2")

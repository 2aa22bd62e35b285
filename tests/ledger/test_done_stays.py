from odoo.tests import tagged

from ...models.disposition.exceptions import (
    BatchHeldError,
    QuantitiesDisagreeError,
)
from ...models.ledger.exceptions import (
    DoneStaysError,
    HeldGoodsStayError,
    StockChangeRefusedError,
)
from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestDoneStays(LedgerCase):
    """Nobody hides goods or movements under another company, state or unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls.env["res.company"].create({"name": "Sister"})
        cls.clerk.company_ids |= cls.sister
        cls.good = cls.receive(cls.hummus, "GOOD", 20)
        cls.delivery = cls.deliver(cls.hummus, 5, cls.market, lot=cls.good)

    def test_a_line_keeps_the_company_of_its_movement(self):
        line = self.delivery.move_line_ids.with_user(self.clerk)
        with self.assertRaises(DoneStaysError) as refusal:
            line.company_id = self.sister
        self.assertEqual(refusal.exception.name, "company_id")
        self.assertEqual(refusal.exception.record, line)

    def test_a_move_keeps_company_and_product(self):
        move = self.delivery.move_ids.with_user(self.clerk)
        for name, value in (("company_id", self.sister), ("product_id", self.mash)):
            with self.assertRaises(DoneStaysError) as refusal:
                move[name] = value
            self.assertEqual(refusal.exception.name, name)

    def test_a_transfer_that_is_done_becomes_no_draft(self):
        delivery = self.delivery.with_user(self.clerk)
        for vals in ({"state": "draft"}, {"company_id": self.sister.id}):
            with self.assertRaises(DoneStaysError):
                delivery.write(vals)
        recall = self.env["stock.recall"]._launch(self.good, "Stones", kind="drill")
        self.assertEqual(recall.consignee_count, 1)

    def test_evidence_is_found_whatever_one_may_read(self):
        """A move whose lines the user does not see stays as done as any other."""
        line = self.receipt_line
        line.sudo().company_id = self.sister
        self.clerk.company_ids = self.env.company
        move = self.as_clerk(line.move_id)
        self.assert_refused(lambda: move.write({"state": "draft"}))

    def test_stock_keeps_the_company_of_its_place(self):
        for lot in (self.bad, self.good):
            quant = self.as_clerk(lot.quant_ids.filtered("quantity"), inventory_mode=1)
            for mode in (quant[:1], quant[:1].sudo()):
                with self.assertRaises(StockChangeRefusedError):
                    mode.write({"company_id": self.sister.id})

    def test_a_line_moves_what_it_says(self):
        order = self.order(self.hummus, 2, self.market, lot=self.good)
        line = self.as_clerk(order.move_line_ids)
        with self.assertRaises(QuantitiesDisagreeError) as refusal:
            line.quantity_product_uom = 9
        self.assertEqual(refusal.exception.line, line)
        values = {
            "move_id": order.move_ids.id,
            "product_id": self.hummus.id,
            "lot_id": self.good.id,
            "quantity": 0,
            "quantity_product_uom": 5,
        }
        added = self.as_clerk(self.env["stock.move.line"]).create(values)
        self.assertEqual(added.quantity_product_uom, 0)
        line.write({"quantity": 1, "quantity_product_uom": 1})
        self.assertEqual(line.quantity_product_uom, 1)

    def test_held_goods_are_not_used_from_outside(self):
        """What passes from one outside to another goes by what it is used for."""
        suppliers = self.env.ref("stock.stock_location_suppliers")
        loss = self.chickpeas.property_stock_inventory
        self.bad._set_disposition(self.disposition("hold"), "To look at")
        for source in (suppliers, self.customers, loss):
            for target in {self.production, suppliers, self.customers} - {source}:
                with (
                    self.subTest(source=source.usage, target=target.usage),
                    self.assertRaises(BatchHeldError),
                ):
                    self.bare_move(self.bad, 1, source, target)._action_done()

    def test_a_product_of_held_goods_stays_followed_whatever_is_written(self):
        template = self.chickpeas.product_tmpl_id
        for vals in (
            {"type": "service"},
            {"is_storable": 0},
            {"is_storable": None},
            {"tracking": "none"},
        ):
            with self.subTest(vals=vals), self.assertRaises(HeldGoodsStayError):
                template.write(vals)

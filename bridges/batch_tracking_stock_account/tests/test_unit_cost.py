from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class TestUnitCost(AccountTestInvoicingCommon):
    """Chickpeas are bought at one price and billed at another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chickpeas = cls.env["product.product"].create(
            {"name": "Chickpeas", "is_storable": True, "tracking": "lot"}
        )

    def buy(self, number, quantity, price):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.partner_a.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.chickpeas.id,
                            "product_qty": quantity,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        picking = order.picking_ids
        picking.move_ids.move_line_ids.write({"lot_name": number, "quantity": quantity})
        picking.move_ids.picked = True
        picking.button_validate()
        return order, picking.move_ids.lot_ids

    def bill(self, order, price):
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = "2026-01-01"
        bill.invoice_line_ids.price_unit = price
        bill.action_post()

    def test_a_receipt_tells_the_cost(self):
        _order, lot = self.buy("A", 10, 3)
        self.assertEqual(lot.unit_cost, 3)
        self.assertEqual(set(lot.quant_ids.mapped("unit_cost")), {3})

    def test_batches_from_before_the_addon_get_their_cost(self):
        _order, lot = self.buy("A", 10, 3)
        typed = self.buy("B", 10, 3)[1]
        typed.unit_cost = 7
        lot.flush_recordset()
        wrong = self.buy("C", 10, 5)[1]
        wrong.flush_recordset()
        self.env.cr.execute("UPDATE stock_lot SET unit_cost = NULL WHERE name = 'A'")
        self.env.cr.execute("UPDATE stock_lot SET unit_cost = 1 WHERE name = 'C'")
        self.env.cr.execute("UPDATE stock_quant SET unit_cost = NULL")
        self.env.invalidate_all()
        self.env["stock.lot"]._fill_unit_costs()
        self.assertEqual(lot.unit_cost, 3)
        self.assertEqual(set(lot.quant_ids.mapped("unit_cost")), {3})
        self.assertEqual(typed.unit_cost, 7)
        self.assertEqual(wrong.unit_cost, 5, "found before its value was known")

    def test_a_bill_corrects_the_cost(self):
        order, lot = self.buy("A", 10, 3)
        self.bill(order, 3.5)
        self.assertEqual(lot.unit_cost, 3.5)

    def test_a_typed_cost_stays(self):
        order, lot = self.buy("A", 10, 3)
        lot.unit_cost = 4
        self.bill(order, 3.5)
        self.assertEqual(lot.unit_cost, 4)
        lot.unit_cost = 0
        self.assertEqual(lot.unit_cost, 3.5)

    def test_two_receipts_are_averaged(self):
        _order, lot = self.buy("A", 10, 3)
        self.buy("A", 30, 5)
        self.assertEqual(lot.unit_cost, 4.5)

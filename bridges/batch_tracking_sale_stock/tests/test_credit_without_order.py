from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.models.remedy import stock_recall_make_good_job as job

from ..models.exceptions import NothingToCreditError
from .common import SaleCase

PROGRESS = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


@tagged("post_install", "-at_install")
class TestCreditWithoutOrder(SaleCase):
    """What was delivered and billed without a sales order is credited as well."""

    def setUp(self):
        super().setUp()
        self.deliver(self.hummus, 20, self.bistro, lot=self.bad)
        self.near = self.invoice(self.bistro, 20)
        self.recall = self.launch()
        self.mine = self.destroyed(self.recall, self.bistro, 12)

    def invoice(self, partner, quantity, days=0, product=None, price=5):
        line = {
            "product_id": (product or self.hummus).id,
            "quantity": quantity,
            "price_unit": price,
            "tax_ids": False,
        }
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": fields.Date.today() - timedelta(days=days),
                "invoice_line_ids": [Command.create(line)],
            }
        )
        invoice.action_post()
        return invoice

    def test_the_invoice_of_that_customer(self):
        note = self.make_good("credit", self.mine)
        self.assertEqual(note.reversed_entry_id, self.near)
        self.assertEqual((note.invoice_line_ids.quantity, note.state), (12, "draft"))
        self.assertEqual(note.invoice_line_ids.recall_row_id, self.mine)

    def test_the_nearest_first_and_then_others(self):
        far = self.invoice(self.bistro, 30, days=40, price=4)
        self.destroyed(self.recall, self.bistro, 20)
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=self.near.ids
        )
        reversal = reversal.create({"journal_id": self.near.journal_id.id})
        reversal.refund_moves()
        reversal.new_move_ids.invoice_line_ids.quantity = 15
        notes = self.make_good("credit", self.mine)
        self.assertEqual(
            {note.reversed_entry_id: note.invoice_line_ids.quantity for note in notes},
            {self.near: 5, far: 15},
        )

    def test_nothing_twice(self):
        self.make_good("credit", self.mine)
        with self.assertRaises(NothingToCreditError):
            self.make_good("credit", self.mine)

    def test_others_and_other_goods_are_not_touched(self):
        self.near.button_draft()
        self.near.button_cancel()
        self.invoice(self.market, 50)
        self.invoice(self.bistro, 50, product=self.mash)
        with self.assertRaises(NothingToCreditError):
            self.make_good("credit", self.mine)

    def test_a_bill_to_the_company_of_who_got_it(self):
        kitchen = self.make_partner("Kitchen", parent_id=self.bistro.id)
        self.deliver(self.hummus, 4, kitchen, lot=self.good)
        recall = self.launch(self.good)
        row = self.destroyed(recall, kitchen, 4, self.good)
        self.assertEqual(
            self.make_good("credit", row).reversed_entry_id.partner_id, self.bistro
        )

    def test_an_order_is_credited_by_its_own_invoices(self):
        invoice = self.bill(self.order_of_market)
        self.invoice(self.market, 40)
        row = self.destroyed(self.recall, self.market, 10)
        self.assertEqual(self.make_good("credit", row).reversed_entry_id, invoice)

    def test_of_thousands_a_job_makes_them(self):
        self.startPatcher(patch.object(job, "AT_ONCE", 1))
        self.bill(self.order_of_market)
        rows = self.mine | self.destroyed(self.recall, self.market, 10)
        wizard = self.env["stock.recall.make.good"].with_user(self.manager)
        wizard = wizard.create(
            {"row_ids": rows.ids, "way": "credit", "basis": "recovered"}
        )
        self.assertEqual(wizard.make_good()["tag"], "display_notification")
        self.assertEqual(rows.mapped("credited"), [0, 0])
        texts = [notice["text"] for notice in self.recall._next_steps()]
        self.assertTrue(any("2 lines are left" in text for text in texts), texts)
        with patch(PROGRESS, return_value=60):
            self.env["stock.recall.consignee"]._cron_replace()
        rows.invalidate_recordset()
        self.assertEqual(sorted(rows.mapped("credited")), [10, 12])
        self.assertFalse(any(rows.mapped("replace_due")))
        texts = [notice["text"] for notice in self.recall._next_steps()]
        self.assertFalse(any("lines are left" in text for text in texts))

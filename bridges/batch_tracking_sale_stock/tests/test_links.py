from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.batch_tracking.models.base.exceptions import SaidByMethodsError

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestLinks(SaleCase):
    """What makes good recalled goods is said by the recall, and not typed."""

    def setUp(self):
        super().setUp()
        self.invoice = self.bill(self.order_of_market)
        self.recall = self.launch()
        self.mine = self.destroyed(self.recall, self.market, 10)
        self.clerk = self.user(
            "biller", "account.group_account_invoice", "sales_team.group_sale_manager"
        )

    def test_an_order_line_of_a_clerk_makes_nothing_good(self):
        line = self.order_of_market.order_line.with_user(self.clerk)
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            line.recall_row_id = self.mine.id
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            line.order_id.write(
                {
                    "order_line": [
                        Command.update(line.id, {"recall_row_id": self.mine.id})
                    ]
                }
            )
        forged = line.with_context(default_recall_row_id=self.mine.id)
        self.assertFalse(forged.copy({"order_id": line.order_id.id}).recall_row_id)

    def test_a_credit_note_is_not_taken_from_its_recall(self):
        note = self.make_good("credit", self.mine).with_user(self.clerk)
        line = note.invoice_line_ids
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            line.recall_row_id = False
        with self.assertRaises(SaidByMethodsError), self.cr.savepoint():
            note.write(
                {
                    "invoice_line_ids": [
                        Command.update(line.id, {"recall_row_id": False})
                    ]
                }
            )
        self.assertEqual(line.recall_row_id.id, self.mine.id)
        line.quantity = 9
        self.assertEqual(line.quantity, 9)

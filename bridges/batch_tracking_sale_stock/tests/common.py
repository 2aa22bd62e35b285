from odoo.fields import Command

from odoo.addons.batch_tracking.models.answer.stock_recall_answering import Answer
from odoo.addons.batch_tracking.tests.common import KitchenCase
from odoo.addons.batch_tracking.tools.answer.ledger import Told

MANAGER = "batch_tracking.group_recall_manager"
INVOICING = "account.group_account_invoice"
SALES = "sales_team.group_sale_salesman_all_leads"


class SaleCase(KitchenCase):
    """Hummus at 5 a pot; a batch H-1 of which the market bought 40, and a good H-3."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.load_accounts()
        cls.hummus.write(
            {"list_price": 5, "taxes_id": False, "invoice_policy": "delivery"}
        )
        cls.bad = cls.receive(cls.hummus, "H-1", 100)
        cls.good = cls.receive(cls.hummus, "H-3", 100)
        cls.manager = cls.user("recaller", MANAGER, INVOICING, SALES)
        cls.order_of_market = cls.sell(40, cls.market, cls.bad)

    @classmethod
    def load_accounts(cls):
        journals = [("type", "=", "sale"), ("company_id", "=", cls.company.id)]
        if not cls.env["account.journal"].search_count(journals):
            charts = cls.env["account.chart.template"]
            charts.try_loading("generic_coa", company=cls.company, install_demo=False)

    @classmethod
    def quote(cls, quantity, partner, price=5):
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.hummus.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )

    @classmethod
    def sell(cls, quantity, partner, lot, price=5):
        """Sell and deliver some of a lot; return the order."""
        order = cls.quote(quantity, partner, price)
        order.action_confirm()
        picking = order.picking_ids
        picking.do_unreserve()
        cls.add_line(picking.move_ids, lot, quantity)
        cls.validate(picking)
        return order

    @classmethod
    def bill(cls, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def launch(self, lots=None):
        recalls = self.env["stock.recall"].with_user(self.manager)
        lots = (lots or self.bad).with_user(self.manager)
        return recalls._launch(lots, "Listeria")

    def row(self, recall, partner, lot=None):
        return recall.consignee_ids.filtered(
            lambda row: row.partner_id == partner and row.lot_id == (lot or self.bad)
        )

    def destroyed(self, recall, partner, quantity, lot=None):
        """Let a partner tell that so much is destroyed; return the row."""
        row = self.row(recall, partner, lot)
        told = {row: Told(destroyed=quantity)}
        recall._take_answer(partner, Answer("told", "page", told=told))
        return row

    def make_good(self, way, rows, basis="recovered", user=None):
        wizard = self.env["stock.recall.make.good"].with_user(user or self.manager)
        wizard = wizard.create({"row_ids": rows.ids, "way": way, "basis": basis})
        action = wizard.make_good()
        return self.env[action["res_model"]].search(action["domain"])

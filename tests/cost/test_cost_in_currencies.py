from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .cost_case import CostCase


@tagged("post_install", "-at_install")
class TestCostInCurrencies(CostCase):
    """Two companies share a batch: one counts in dollars, and one in euros at 2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = cls.company.currency_id
        cls.other = cls.env["res.currency"].create(
            {"name": "XTT", "symbol": "x", "rounding": 0.01}
        )
        cls.rate("2020-01-01", 0.5)
        cls.sister = cls.env["res.company"].create(
            {"name": "Sister", "currency_id": cls.other.id}
        )
        cls.env.user.company_ids |= cls.sister
        cls.rate("2020-01-01", 0.5, cls.sister)
        cls.rate("2020-01-01", 1, cls.sister, own)
        cls.their_stock = (
            cls.env["stock.warehouse"]
            .search([("company_id", "=", cls.sister.id)], limit=1)
            .lot_stock_id
        )
        cls.shared = cls.make_lot(cls.chickpeas, "SHARED")
        cls.shared.company_id = False

    @classmethod
    def rate(cls, day, rate, company=None, currency=None):
        cls.env["res.currency.rate"].create(
            {
                "name": day,
                "rate": rate,
                "currency_id": (currency or cls.other).id,
                "company_id": (company or cls.company).id,
            }
        )

    def they_buy(self, quantity, price):
        place, self.stock = self.stock, self.their_stock
        company, context = self.sister, self.env.context
        env = self.env
        self.env = env(context={**context, "allowed_company_ids": company.ids})
        try:
            move = self.env["stock.move"].create(
                {
                    "product_id": self.chickpeas.id,
                    "product_uom_qty": quantity,
                    "location_id": self.suppliers.id,
                    "location_dest_id": self.their_stock.id,
                    "company_id": company.id,
                    "price_unit": price,
                }
            )
            move._action_confirm()
            move.move_line_ids.unlink()
            self.env["stock.move.line"].create(
                {
                    "move_id": move.id,
                    "product_id": self.chickpeas.id,
                    "lot_id": self.shared.id,
                    "quantity": quantity,
                    "location_id": self.suppliers.id,
                    "location_dest_id": self.their_stock.id,
                    "company_id": company.id,
                }
            )
            move.picked = True
            move._action_done()
        finally:
            self.env, self.stock = env, place
        self.env.invalidate_all()
        return move

    def costs_in_stock(self):
        quants = self.shared.sudo().quant_ids
        quants = quants.filtered(lambda quant: quant.location_id.usage == "internal")
        return {quant.company_id: quant.unit_cost for quant in quants}

    def test_each_receipt_counts_in_the_currency_of_the_first(self):
        self.buy(self.shared, 10, 8)
        self.they_buy(10, 4)
        self.assertEqual(self.shared.unit_cost_company_id, self.company)
        self.assertAlmostEqual(self.shared.unit_cost, 8)
        self.they_buy(20, 8)
        self.assertAlmostEqual(self.shared.unit_cost, 12)

    def test_each_company_reads_its_own_currency(self):
        self.buy(self.shared, 10, 8)
        self.they_buy(10, 4)
        self.assertEqual(self.costs_in_stock(), {self.company: 8, self.sister: 4})
        self.assertEqual(self.shared._unit_cost_for(self.sister), 4)
        read_there = self.shared.with_company(self.sister)
        self.assertEqual(
            read_there.unit_cost_currency_id, self.company.currency_id, "of its 8"
        )

    def test_who_received_it_alone_counts_in_its_own(self):
        self.they_buy(10, 4)
        self.assertEqual(self.shared.unit_cost_company_id, self.sister)
        self.assertEqual(self.shared.unit_cost, 4)
        self.assertEqual(self.costs_in_stock(), {self.sister: 4})

    def test_the_rate_of_the_day_counts(self):
        self.buy(self.shared, 10, 8)
        theirs = self.they_buy(10, 4)
        today = fields.Date.today()
        self.rate(today + timedelta(days=3), 0.25)
        self.assertAlmostEqual(self.shared.unit_cost, 8)
        later = fields.Datetime.now() + timedelta(days=5)
        theirs.date = theirs.move_line_ids.date = later
        theirs._update_unit_costs()
        self.assertAlmostEqual(self.shared.unit_cost, 12, msg="4 are 16 by then")

    def test_parts_of_it_cost_what_it_did(self):
        self.buy(self.shared, 10, 8)
        self.they_buy(10, 8)
        part = self.made(self.operate("split", self.shared, parts=[(4, "PART")]))
        self.assertAlmostEqual(part._unit_cost_for(self.company), 12)

    def test_a_typed_cost_is_in_the_currency_of_who_typed_it(self):
        self.buy(self.shared, 10, 8)
        self.they_buy(10, 4)
        self.shared.with_company(self.sister).unit_cost = 5
        self.assertEqual(self.shared.unit_cost_company_id, self.sister)
        self.assertEqual(self.costs_in_stock(), {self.company: 10, self.sister: 5})
        self.shared.unit_cost = 0
        self.assertAlmostEqual(self.shared.unit_cost, 8)

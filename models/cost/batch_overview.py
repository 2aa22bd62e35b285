from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_amount


class BatchOverview(models.AbstractModel):
    """What the batches of a card are worth."""

    _inherit = "batch.overview"

    @api.model
    def _value_of(self, lots):
        """Return what is in stock of lots is worth, in the current company's currency.

        :param Domain lots: domain of stock.lot
        :return: the amount as text, or False where no cost is known
        """
        rows = self._values_by_company(lots)
        total = sum(self._in_our_currency(*row) for row in rows if row[1])
        return bool(total) and format_amount(
            self.env, total, self.env.company.currency_id
        )

    @api.model
    def _values_by_company(self, lots):
        """Return ``[(company id, what is in stock of lots is worth there)]``."""
        quants = self._quants_here() & Domain("lot_id", "any", lots)
        found = self.env["stock.quant"]._search(quants)
        self.env["stock.quant"].flush_model(["company_id", "quantity", "unit_cost"])
        return self.env.execute_query(
            SQL(
                """
                SELECT company_id, SUM(quantity * unit_cost)
                FROM stock_quant WHERE id IN %s GROUP BY company_id
                """,
                found.subselect(),
            )
        )

    @api.model
    def _value_text(self, lots):
        """Return what lots in stock are worth, and of how many nobody knows the cost.

        :param Domain lots: domain of stock.lot
        """
        value = self._value_of(lots)
        if not value:
            return self.env._("Cost unknown")
        without_cost = self._count_without_cost(lots)
        if not without_cost:
            return value
        return self.env._(
            "%(value)s, %(count)s without cost", value=value, count=without_cost
        )

    @api.model
    def _count_without_cost(self, lots):
        """Return how many of the lots lie in stock, the cost of which is not known."""
        here = self._quants_here() & Domain("unit_cost", "=", 0)
        return self.env["stock.lot"].search_count(
            lots & Domain("quant_ids", "any", here)
        )

    @api.model
    def _in_our_currency(self, company_id, amount):
        # sudo: rates of currencies are no secret
        company = self.env["res.company"].sudo().browse(company_id)
        return company.currency_id._convert(
            amount, self.env.company.currency_id, self.env.company, fields.Date.today()
        )

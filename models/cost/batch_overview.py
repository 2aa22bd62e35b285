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
        quants = self._quants_here() & Domain("lot_id", "any", lots)
        found = self.env["stock.quant"]._search(quants)
        self.env["stock.quant"].flush_model(["company_id", "quantity", "unit_cost"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, SUM(quantity * unit_cost)
                FROM stock_quant WHERE id IN %s GROUP BY company_id
                """,
                found.subselect(),
            )
        )
        total = sum(self._in_our_currency(*row) for row in rows if row[1])
        return bool(total) and format_amount(
            self.env, total, self.env.company.currency_id
        )

    @api.model
    def _in_our_currency(self, company_id, amount):
        # sudo: rates of currencies are no secret
        company = self.env["res.company"].sudo().browse(company_id)
        return company.currency_id._convert(
            amount, self.env.company.currency_id, self.env.company, fields.Date.today()
        )

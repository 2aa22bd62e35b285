from odoo import api, models
from odoo.tools import SQL, format_amount

from ...tools.movement import STOCK_USAGES
from .scopes import SCOPE_NAMES, SCOPE_RANKS

#: What each scope adds to the one before: the value of what is in stock, by company,
#: and how many documents have taken some of it and are not done.
MORE_SQL = """
    WITH affected AS MATERIALIZED (%(affected)s)
    SELECT 'value', affected.scope, quant.company_id,
           SUM(quant.quantity * quant.unit_cost)::float8
    FROM affected
    JOIN stock_quant quant ON quant.lot_id = affected.lot_id AND %(own_quant)s
    JOIN stock_location place ON place.id = quant.location_id
     AND place.usage IN %(stock_usages)s
    GROUP BY 2, 3
    UNION ALL
    SELECT 'open_orders', scope, NULL, COUNT(*)
    FROM (
        SELECT MIN(affected.scope) AS scope
        FROM affected
        JOIN stock_move_line line ON line.lot_id = affected.lot_id
         AND line.state NOT IN ('done', 'cancel')
         AND line.company_id = ANY(%(company_ids)s)
        GROUP BY COALESCE(line.picking_id, -line.move_id, -line.id)
    ) document GROUP BY 2
"""


class StockRecall(models.Model):
    """What a recall would cost in stock and stop in open orders, in each scope."""

    _inherit = "stock.recall"

    @api.model
    def _compare_more(self, found):
        """Return value and open orders of the three scopes side by side.

        :param dict found: what ``_reached`` has found
        :return: ``{scope name: dict}``, each with all of the scopes before it:
            ``value`` (text in the company's currency; empty where no cost is known)
            and ``open_orders`` (how many transfers and productions have taken some)
        """
        values = dict.fromkeys(SCOPE_RANKS, 0.0)
        orders = dict.fromkeys(SCOPE_RANKS, 0)
        for what, scope, company_id, amount in self._more_rows(found):
            for rank, name in SCOPE_NAMES.items():
                if rank < scope:
                    continue
                if what == "value":
                    values[name] += self._in_our_currency(company_id, amount or 0.0)
                else:
                    orders[name] += int(amount)
        currency = self.env.company.currency_id
        return {
            name: {
                "value": value and format_amount(self.env, value, currency) or "",
                "open_orders": orders[name],
            }
            for name, value in values.items()
        }

    def _in_our_currency(self, company_id, amount):
        if not company_id:  # between companies: nobody's, and nobody's currency
            return amount
        return self.env["batch.overview"]._in_our_currency(company_id, amount)

    def _more_rows(self, found):
        self.env["stock.lot.trace"]._flush_moves()
        return self.env.execute_query(
            SQL(
                MORE_SQL,
                affected=self._affected_sql(found),
                own_quant=self.env["stock.lot.trace"]._own_quant_sql("quant"),
                stock_usages=STOCK_USAGES,
                company_ids=self.env.companies.ids,
            )
        )

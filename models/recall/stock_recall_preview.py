from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from ...tools.recall.reach import CERTAIN, POSSIBLE, PROPORTIONAL

SCOPES = (CERTAIN, PROPORTIONAL, POSSIBLE)

#: Of lots that a recall reaches: what there is, where, and who has it. A row for each
#: scope and product, of what this scope adds to the one before.
TOTALS_SQL = """
    WITH affected AS MATERIALIZED (%(affected)s),
    stock AS (
        SELECT affected.scope, affected.product_id,
               SUM(quant.quantity) FILTER (WHERE place.usage = 'internal') AS here,
               SUM(quant.quantity) FILTER (WHERE place.usage = 'transit') AS moving,
               SUM(quant.reserved_quantity) AS reserved
        FROM affected
        JOIN stock_quant quant ON quant.lot_id = affected.lot_id AND %(own_quant)s
        JOIN stock_location place ON place.id = quant.location_id
         AND place.usage IN %(stock_usages)s
        GROUP BY 1, 2
    ), line AS MATERIALIZED (
        SELECT affected.scope, affected.product_id, line.consignee_id,
               CASE WHEN line.consignment = 'returned' THEN -line.quantity_product_uom
                    ELSE line.quantity_product_uom END AS quantity
        FROM affected
        JOIN stock_move_line line ON line.lot_id = affected.lot_id
         AND line.consignment IS NOT NULL AND line.company_id = ANY(%(company_ids)s)
    )
    SELECT 'lots', scope, product_id, COUNT(*)::float8,
           COUNT(*) FILTER (WHERE is_too_early)::float8, 0::float8
    FROM affected GROUP BY 2, 3
    UNION ALL
    SELECT 'stock', scope, product_id, COALESCE(here, 0)::float8,
           COALESCE(moving, 0)::float8, COALESCE(reserved, 0)::float8
    FROM stock
    UNION ALL
    SELECT 'customers', scope, product_id, SUM(quantity)::float8, 0, 0
    FROM line GROUP BY 2, 3
    UNION ALL
    SELECT 'consignees', scope, NULL, COUNT(*), 0, 0
    FROM (SELECT MIN(scope) AS scope FROM line GROUP BY consignee_id) consignee
    GROUP BY 2
"""


class StockRecall(models.Model):
    """What a recall would come to in each scope, before anything is touched."""

    _inherit = "stock.recall"

    @api.model
    def _compare_scopes(self, found):
        """Return the figures of the three scopes side by side.

        :param dict found: what ``_reached`` has found
        :return: ``{scope: dict}``, each with all of the scopes before it: ``lots``,
            ``early``, ``consignees`` (numbers) and by name of the unit of measure
            ``on_hand``, ``in_transit``, ``reserved``, ``with_customers``
        """
        totals = {scope: _nothing() for scope in SCOPES}
        units = {}
        for what, scope, product_id, *amounts in self._totals(found):
            unit = product_id and self._unit_name(product_id, units)
            for wider in SCOPES[scope - 1 :]:
                _add(totals[wider], what, unit, amounts)
        return totals

    def _totals(self, found):
        self.env["stock.lot.trace"]._flush_moves()
        return self.env.execute_query(
            SQL(
                TOTALS_SQL,
                affected=self._affected_sql(found),
                own_quant=self.env["stock.lot.trace"]._own_quant_sql("quant"),
                stock_usages=STOCK_USAGES,
                company_ids=self.env.companies.ids,
            )
        )

    def _unit_name(self, product_id, known):
        if product_id not in known:
            product = self.env["product.product"].browse(product_id)
            # sudo: the unit of a lot that one may read
            known[product_id] = product.sudo().uom_id.name
        return known[product_id]


def _nothing():
    quantities = ("on_hand", "in_transit", "reserved", "with_customers")
    return {
        "lots": 0,
        "early": 0,
        "consignees": 0,
        **{name: defaultdict(float) for name in quantities},
    }


def _add(total, what, unit, amounts):
    """Add a row of ``TOTALS_SQL`` to the figures of a scope."""
    if what == "lots":
        total["lots"] += int(amounts[0])
        total["early"] += int(amounts[1])
    elif what == "consignees":
        total["consignees"] += int(amounts[0])
    elif what == "customers":
        total["with_customers"][unit] += amounts[0]
    else:
        names = ("on_hand", "in_transit", "reserved")
        for name, amount in zip(names, amounts, strict=True):
            total[name][unit] += amount

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from .scopes import SCOPE_NAMES, SCOPE_RANKS

#: What a page of the preview may list, see ``_page``.
PAGES = ("consignees", "places", "lots")
MOST_ROWS = 200

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
         AND line.consignment IN ('delivered', 'returned')
         AND line.company_id = ANY(%(company_ids)s)
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
    FROM (
        -- Who only sent something back has nothing to be told of.
        SELECT MIN(scope) AS scope FROM line WHERE quantity > 0 GROUP BY consignee_id
    ) consignee
    GROUP BY 2
"""


class StockRecall(models.Model):
    """What a recall would come to in each scope, before anything is touched."""

    _inherit = "stock.recall"

    @api.model
    def _compare_scopes(self, found):
        """Return the figures of the three scopes side by side.

        :param dict found: what ``_reached`` has found
        :return: ``{scope name: dict}``, each with all of the scopes before it:
            ``lots``, ``early``, ``consignees`` (numbers) and by name of the unit of
            measure ``on_hand``, ``in_transit``, ``reserved``, ``with_customers``
        """
        totals = {name: _nothing() for name in SCOPE_RANKS}
        units = {}
        for what, scope, product_id, *amounts in self._totals(found):
            unit = product_id and self._unit_name(product_id, units)
            for rank, name in SCOPE_NAMES.items():
                if rank >= scope:
                    _add(totals[name], what, unit, amounts)
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

    # -- what it reaches, page by page

    @api.model
    def _page(self, found, kind, offset=0, limit=50):
        """Return some of what a recall would reach, ready to be shown.

        :param dict found: what ``_reached`` has found
        :param str kind: one of ``PAGES``
        :return: dict with ``total`` (how many there are) and ``rows``, plain values
        """
        limit = max(1, min(limit, MOST_ROWS))
        lots = self.env["stock.lot"].search([("id", "in", list(found))])
        rows = getattr(self, f"_list_{kind}")(lots, found)
        page = rows[max(0, offset) :][:limit]
        return {"total": len(rows), "rows": getattr(self, f"_show_{kind}")(page)}

    def _list_lots(self, lots, found):
        rows = [(lot, found[lot.id]) for lot in lots]
        return sorted(rows, key=lambda row: (row[1].level, row[0].id))

    def _show_lots(self, rows):
        lots = self.env["stock.lot"].browse(lot.id for lot, _found in rows)
        traces = self.env["stock.lot.trace"]
        on_hand = traces._sum_by_lot(traces._on_hand(lots))
        return [
            {
                **self._shown(lot, on_hand[lot.id]),
                "level": found.level,
                "is_too_early": found.is_too_early,
                "disposition": lot.disposition_id.name or "",
                "color": lot.disposition_id.color,
            }
            for lot, found in rows
        ]

    def _list_places(self, lots, _found):
        return self.env["stock.lot.trace"]._places(lots)

    def _show_places(self, rows):
        lot = self.env["stock.lot"].browse
        return [
            {**self._shown(lot(lot_id), quantity), "place": name}
            for lot_id, _place, quantity, _kind, name in rows
        ]

    def _list_consignees(self, lots, _found):
        rows = self.env["stock.lot.trace"]._consignees(lots)
        # sudo: who received it is named, whoever's contact that is
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        ids = {partner_id for _lot, partner_id, *_amounts in rows if partner_id}
        order = partners.search([("id", "in", list(ids))], order="complete_name, id")
        place = {partner_id: number for number, partner_id in enumerate(order.ids, 1)}
        return sorted(rows, key=lambda row: (place.get(row[1], 0), row[0]))

    def _show_consignees(self, rows):
        lot = self.env["stock.lot"].browse
        partner = self.env["res.partner"].sudo().browse
        unknown = self.env._("Unknown (sent without an address)")
        return [
            {
                **self._shown(lot(lot_id), delivered - returned),
                "partner": partner(partner_id).display_name or unknown,
                "delivered": delivered,
                "returned": returned,
            }
            for lot_id, partner_id, delivered, returned in rows
        ]

    def _shown(self, lot, quantity):
        return {
            "id": lot.id,
            "name": lot.name,
            "product": lot.product_id.display_name,
            "quantity": quantity,
            "unit": lot.product_uom_id.name,
        }

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

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from ...tools.trace.mass_balance import INTER_COMPANY, OUTSIDE
from ..genealogy.lot_sql import id_array, id_lookup, until


class StockLotTrace(models.AbstractModel):
    """What lots did: who delivered and who received them, where they are and will go.

    Each question is one statement over the lots' own move lines, found by their index
    (lot, state); what is not needed of them is not joined.
    """

    _inherit = "stock.lot.trace"

    # -- how much there was and is

    def _came_in_sql(self, lots, as_of):
        """Return the subquery ``(lot_id, total, came_date)``: received, made or found.

        The same as ``balance_of`` calls what came in.
        """
        return SQL(
            """
            SELECT line.lot_id,
                   (COALESCE(SUM(line.quantity_product_uom)
                        FILTER (WHERE source.usage = ANY(%(outside)s)), 0)
                    + GREATEST(0, COALESCE(SUM(CASE WHEN %(from_other)s
                        THEN line.quantity_product_uom
                        ELSE -line.quantity_product_uom END)
                        FILTER (WHERE %(from_other)s <> %(to_other)s), 0))
                   )::float8 AS total,
                   MIN(line.date) FILTER (WHERE source.usage = ANY(%(outside)s)
                        OR %(from_other)s) AS came_date
            FROM stock_move_line line
            JOIN stock_location source ON source.id = line.location_id
            JOIN stock_location target ON target.id = line.location_dest_id
            WHERE line.lot_id = ANY(%(lot_ids)s) AND line.state = 'done'
              AND line.company_id = ANY(%(company_ids)s) AND %(period)s
              AND (source.usage = ANY(%(outside)s)
                   AND target.usage <> ALL(%(outside)s)
                   OR %(from_other)s OR %(to_other)s)
            GROUP BY line.lot_id
            """,
            lot_ids=id_array(lots),
            company_ids=self.env.companies.ids,
            period=until("line", as_of),
            outside=list(OUTSIDE),
            from_other=self._is_inter_company("source"),
            to_other=self._is_inter_company("target"),
        )

    def _is_inter_company(self, place):
        """Return whether a stock_location is between companies of the group."""
        return SQL(
            "(%s = 'transit' AND %s IS NULL)",
            SQL.identifier(place, "usage"),
            SQL.identifier(place, "company_id"),
        )

    def _flow_end(self, place):
        """Return the usage of a stock_location, as ``balance_of`` wants it."""
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            self._is_inter_company(place),
            INTER_COMPANY,
            SQL.identifier(place, "usage"),
        )

    @api.model
    def _on_hand(self, lots, as_of=None):
        """Return where lots lie: ``[(lot id, location id, quantity)]``.

        As of now the quants say it; as of a date, the movements until then.
        """
        if as_of:
            return [row[:3] for row in self._places(lots, as_of)]
        self.env["stock.quant"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT quant.lot_id, quant.location_id, SUM(quant.quantity)::float8
                FROM stock_quant quant
                JOIN stock_location place ON place.id = quant.location_id
                WHERE quant.lot_id = ANY(%(lot_ids)s)
                  AND quant.company_id = ANY(%(company_ids)s)
                  AND place.usage IN %(stock_usages)s
                GROUP BY 1, 2
                HAVING SUM(quant.quantity) <> 0
                ORDER BY 1, 2
                """,
                lot_ids=id_lookup(lots),
                company_ids=self.env.companies.ids,
                stock_usages=STOCK_USAGES,
            )
        )

    @api.model
    def _places(self, lots, as_of=None):
        """Return where lots are, and whose place that is.

        :return: ``[(lot id, location id, quantity, kind, location name)]``; the kind
            is ``own``, ``transit``, ``subcontractor`` or ``inter_company`` (on the way
            to another company of the same group, sent by one of the user's)
        """
        self._flush_moves()
        self.env["stock.location"].flush_model()
        found = self._past_places_sql(lots, as_of) if as_of else self._quants_sql(lots)
        return self.env.execute_query(
            SQL(
                """
                SELECT found.lot_id, place.id, found.quantity::float8,
                       CASE WHEN %(subcontracted)s THEN 'subcontractor'
                            WHEN place.usage = 'internal' THEN 'own'
                            WHEN place.company_id IS NULL THEN 'inter_company'
                            ELSE 'transit' END,
                       place.complete_name
                FROM (%(found)s) found
                JOIN stock_location place ON place.id = found.location_id
                WHERE place.usage IN %(stock_usages)s AND found.quantity <> 0
                ORDER BY 1, 5
                """,
                found=found,
                subcontracted=self._subcontracted_sql(),
                stock_usages=STOCK_USAGES,
            )
        )

    def _quants_sql(self, lots):
        return SQL(
            """
            SELECT quant.lot_id, quant.location_id, SUM(quant.quantity) AS quantity
            FROM stock_quant quant
            WHERE quant.lot_id = ANY(%s) AND %s
            GROUP BY 1, 2
            """,
            id_array(lots),
            self._own_quant_sql("quant"),
        )

    def _own_quant_sql(self, quant):
        """Return whether a stock_quant is of the user's companies, or sent by them.

        Goods on the way to another company of the group lie in nobody's place.
        """
        return SQL(
            """(
                %(quant)s.company_id = ANY(%(company_ids)s)
                OR %(quant)s.company_id IS NULL AND EXISTS (
                    SELECT FROM stock_move_line sent
                    WHERE sent.lot_id = %(quant)s.lot_id AND sent.state = 'done'
                      AND sent.location_dest_id = %(quant)s.location_id
                      AND sent.company_id = ANY(%(company_ids)s))
            )""",
            quant=SQL.identifier(quant),
            company_ids=self.env.companies.ids,
        )

    def _past_places_sql(self, lots, as_of):
        return SQL(
            """
            SELECT lot_id, location_id, SUM(quantity) AS quantity FROM (
                SELECT line.lot_id, step.location_id,
                       step.sign * line.quantity_product_uom AS quantity
                FROM stock_move_line line
                CROSS JOIN LATERAL (VALUES (line.location_dest_id, 1),
                                           (line.location_id, -1))
                        step(location_id, sign)
                WHERE line.lot_id = ANY(%s) AND line.state = 'done'
                  AND line.company_id = ANY(%s) AND %s
            ) movement GROUP BY 1, 2
            """,
            id_array(lots),
            self.env.companies.ids,
            until("line", as_of),
        )

    def _subcontracted_sql(self):
        """Return whether ``place`` is at a subcontractor, if there are any."""
        if "subcontracting_location_id" not in self.env["res.company"]._fields:
            return SQL("FALSE")
        return SQL(
            """
            EXISTS (SELECT FROM res_company company
                    JOIN stock_location outside
                      ON outside.id = company.subcontracting_location_id
                    WHERE company.id = place.company_id
                      AND starts_with(place.parent_path, outside.parent_path))
            """
        )

    @api.model
    def _sum_by_lot(self, places):
        """Return ``{lot id: quantity}`` of what ``_on_hand`` has found."""
        on_hand = defaultdict(float)
        for lot_id, _location_id, quantity, *_more in places:
            on_hand[lot_id] += quantity
        return on_hand

    @api.model
    def _flows(self, lots, as_of=None):
        """Return what happened to lots, by where it came from and went.

        :return: ``{lot id: {(source usage, target usage): quantity}}``, the flows that
            ``balance_of`` wants
        """
        self._flush_moves()
        flows = defaultdict(dict)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, %(source)s, %(target)s,
                       SUM(line.quantity_product_uom)::float8
                FROM stock_move_line line
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                WHERE line.lot_id = ANY(%(lot_ids)s) AND line.state = 'done'
                  AND line.company_id = ANY(%(company_ids)s) AND %(period)s
                  AND %(source)s <> %(target)s
                GROUP BY 1, 2, 3
                """,
                lot_ids=id_array(lots),
                company_ids=self.env.companies.ids,
                period=until("line", as_of),
                source=self._flow_end("source"),
                target=self._flow_end("target"),
            )
        )
        for lot_id, source, target, quantity in rows:
            flows[lot_id][source, target] = quantity
        return flows

    # -- where a trace ends although the goods went on

    def _gap_back_sql(self, lots, as_of):
        return self._gap_sql(lots, as_of, "back")

    def _gap_forward_sql(self, lots, as_of):
        return self._gap_sql(lots, as_of, "forward")

    def _gap_sql(self, lots, as_of, direction):
        self.env["stock.lot.gap"].flush_model()
        return SQL(
            """
            SELECT %(role)s AS role, gap.lot_id, gap.product_id,
                   NULL::int AS partner_id, gap.reference AS document,
                   %(product)s AS origin, NULL::int AS picking_id,
                   gap.quantity, 0 AS returned, gap.date, 'production' AS usage
            FROM stock_lot_gap gap
            JOIN product_product product ON product.id = gap.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            WHERE gap.lot_id = ANY(%(lot_ids)s) AND gap.direction = %(direction)s
              AND gap.company_id = ANY(%(company_ids)s) AND %(period)s
            """,
            role=f"gap_{direction}",
            direction=direction,
            product=self.env["product.template"]._field_to_sql("template", "name"),
            lot_ids=id_array(lots),
            company_ids=self.env.companies.ids,
            period=until("gap", as_of),
        )

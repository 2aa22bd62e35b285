from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from ..genealogy.lot_sql import id_array, until
from .dealing import DELIVERED, PAST, Dealing


class StockLotTrace(models.AbstractModel):
    """By which documents lots came, went, and are about to go."""

    _inherit = "stock.lot.trace"

    @api.model
    def _dealings(self, lots_by_role, as_of=None):
        """Return the ``Dealing``s of lots, in one statement.

        :param dict lots_by_role: ``{role: lots}``; see ``Dealing`` for the roles, and
            ``consigned`` is ``delivered`` without the documents.
            There are no reservations as of a past date.
        """
        parts = [
            getattr(self, f"_{role}_sql")(lots, as_of)
            for role, lots in lots_by_role.items()
            if not as_of or role in PAST
        ]
        if not parts:
            return []
        self._flush_moves()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT found.role, found.lot_id, found.product_id, found.partner_id,
                       partner.complete_name, found.document, found.origin,
                       found.picking_id, found.quantity::float8,
                       found.returned::float8, found.date,
                       found.usage
                FROM (%s) found
                LEFT JOIN res_partner partner ON partner.id = found.partner_id
                ORDER BY found.role, found.date, found.document, found.lot_id
                """,
                SQL(" UNION ALL ").join(parts),
            )
        )
        by_document = DELIVERED in lots_by_role
        return self._settled([Dealing(*row) for row in rows], as_of, by_document)

    # -- what came from suppliers, and went back

    def _supplied_sql(self, lots, as_of):
        lines = self.env["stock.move.line"]
        return SQL(
            """
            SELECT 'supplied' AS role, line.lot_id, MAX(line.product_id) AS product_id,
                   %(vendor)s AS partner_id,
                   COALESCE(picking.name, move.reference) AS document,
                   COALESCE(picking.origin, move.origin) AS origin,
                   MAX(picking.id) AS picking_id,
                   COALESCE(SUM(line.quantity_product_uom)
                       FILTER (WHERE source.usage IN ('supplier', 'transit')
                           OR %(subcontracted)s), 0) AS quantity,
                   COALESCE(SUM(line.quantity_product_uom)
                       FILTER (WHERE target.usage = 'supplier' OR %(sent_back)s), 0)
                       AS returned,
                   MAX(line.date) AS date,
                   CASE WHEN target.usage = 'supplier' OR %(subcontracted)s
                             OR %(sent_back)s THEN 'supplier'
                        ELSE source.usage END AS usage
            FROM stock_move_line line
            JOIN stock_location source ON source.id = line.location_id
            JOIN stock_location target ON target.id = line.location_dest_id
            LEFT JOIN stock_move move ON move.id = line.move_id
            LEFT JOIN stock_picking picking ON picking.id = line.picking_id
            %(purchase)s
            WHERE line.lot_id = ANY(%(lot_ids)s) AND line.state = 'done'
              AND line.company_id = ANY(%(company_ids)s) AND %(period)s
              AND ((source.usage = 'supplier') <> (target.usage = 'supplier')
                   OR source.usage = 'transit' AND source.company_id IS NULL
                   OR %(subcontracted)s OR %(sent_back)s)
            GROUP BY line.lot_id, 4, 5, 6, 11
            """,
            lot_ids=id_array(lots),
            company_ids=self.env.companies.ids,
            period=until("line", as_of),
            subcontracted=lines._is_subcontracted_sql("move"),
            sent_back=self._sent_back_sql(),
            **lines._vendor_sql(),
        )

    def _sent_back_sql(self):
        """Return whether ``move`` returns to a subcontractor what he had made."""
        if "is_subcontract" not in self.env["stock.move"]._fields:
            return SQL("FALSE")
        return SQL(
            "NOT COALESCE(move.is_subcontract, FALSE) AND EXISTS (SELECT FROM"
            " stock_move receipt WHERE receipt.id = move.origin_returned_move_id"
            " AND receipt.is_subcontract AND receipt.location_id = target.id)"
        )

    # -- what is still to come

    def _reserved_sql(self, lots, _as_of):
        """Return the open reservations: what can still be stopped."""
        return SQL(
            """
            SELECT 'reserved' AS role, line.lot_id, MAX(line.product_id) AS product_id,
                   COALESCE(picking.partner_id, move.partner_id) AS partner_id,
                   COALESCE(picking.name, move.reference) AS document,
                   COALESCE(picking.origin, move.origin) AS origin,
                   MAX(picking.id) AS picking_id,
                   SUM(line.quantity_product_uom) AS quantity, 0 AS returned,
                   MIN(COALESCE(picking.scheduled_date, move.date)) AS date,
                   target.usage
            FROM stock_move_line line
            JOIN stock_location target ON target.id = line.location_dest_id
            LEFT JOIN stock_move move ON move.id = line.move_id
            LEFT JOIN stock_picking picking ON picking.id = line.picking_id
            WHERE line.lot_id = ANY(%(lot_ids)s)
              AND line.state NOT IN ('draft', 'done', 'cancel')
              AND line.company_id = ANY(%(company_ids)s)
              AND line.quantity_product_uom > 0
              AND line.location_id IN (SELECT id FROM stock_location
                                       WHERE usage IN %(stock_usages)s)
            GROUP BY line.lot_id, 4, 5, 6, target.usage
            """,
            lot_ids=id_array(lots),
            company_ids=self.env.companies.ids,
            stock_usages=STOCK_USAGES,
        )

    def _waiting_sql(self, lots, _as_of):
        """Return open demand for the products of lots on hand, reserved for no lot."""
        return SQL(
            """
            SELECT 'waiting' AS role, NULL::int AS lot_id, move.product_id,
                   COALESCE(picking.partner_id, move.partner_id) AS partner_id,
                   COALESCE(picking.name, move.reference) AS document,
                   COALESCE(picking.origin, move.origin) AS origin,
                   MAX(picking.id) AS picking_id,
                   SUM(move.product_qty - COALESCE(held.quantity, 0)) AS quantity,
                   0 AS returned, MIN(move.date) AS date, target.usage
            FROM stock_move move
            JOIN stock_location source ON source.id = move.location_id
            JOIN stock_location target ON target.id = move.location_dest_id
            LEFT JOIN stock_picking picking ON picking.id = move.picking_id
            LEFT JOIN LATERAL (
                SELECT SUM(line.quantity_product_uom) AS quantity
                FROM stock_move_line line WHERE line.move_id = move.id
            ) held ON TRUE
            WHERE move.state IN ('waiting', 'confirmed', 'partially_available')
              AND move.company_id = ANY(%(company_ids)s)
              AND source.usage IN %(stock_usages)s
              AND target.usage IN ('customer', 'production')
              AND move.product_qty > COALESCE(held.quantity, 0)
              AND move.product_id IN (
                    SELECT quant.product_id FROM stock_quant quant
                    JOIN stock_location place ON place.id = quant.location_id
                    WHERE quant.lot_id = ANY(%(lot_ids)s) AND quant.quantity > 0
                      AND quant.company_id = ANY(%(company_ids)s)
                      AND place.usage IN %(stock_usages)s)
            GROUP BY 3, 4, 5, 6, target.usage
            """,
            lot_ids=id_array(lots),
            company_ids=self.env.companies.ids,
            stock_usages=STOCK_USAGES,
        )

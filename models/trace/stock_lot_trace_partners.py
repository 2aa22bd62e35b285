from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from ...tools.trace.returns import Receipt, settle
from ..genealogy.lot_sql import id_array, id_lookup, until

DELIVERED = "delivered"
CONSIGNED = "consigned"
SUPPLIED = "supplied"
RESERVED = "reserved"
WAITING = "waiting"
GAP_BACK, GAP_FORWARD = "gap_back", "gap_forward"
#: What is known of the past; reservations are only known as of now.
_PAST = (DELIVERED, CONSIGNED, SUPPLIED, GAP_BACK, GAP_FORWARD)


class Dealing(NamedTuple):
    """Goods of one lot that came or go by one document.

    For a gap, ``product_id`` and ``origin`` (its name) are what has no lot,
    ``quantity`` is how much of it there was, and ``returned`` is 0.
    """

    #: ``delivered``, ``supplied``, ``reserved``, ``waiting``, ``gap_back`` (something
    #: without a lot went in) or ``gap_forward`` (it went into something without a lot)
    role: str
    #: None for orders that wait: they would take any lot of the product
    lot_id: int
    product_id: int
    partner_id: int
    partner: str
    #: number of the transfer, manufacturing order or other document
    document: str
    origin: str
    picking_id: int
    #: in the product's unit: delivered, supplied, reserved or still to be served
    quantity: float
    #: of that, what came back (or went back to the supplier)
    returned: float
    date: object
    #: usage of the location they go to, or come from
    usage: str


class StockLotTrace(models.AbstractModel):
    """Who supplied lots, who received them, and who is about to.

    A return counts against whoever the goods had been sent to, whichever address sends
    them back. Goods that a supplier sent straight to a customer count for both.
    """

    _inherit = "stock.lot.trace"

    @api.model
    def _consignees(self, lots, as_of=None):
        """Return who received lots, net of what came back.

        :return: ``[(lot id, partner id or None, delivered, returned)]``
        """
        self._flush_moves()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot_id, partner_id,
                       COALESCE(SUM(quantity) FILTER (WHERE NOT back), 0)::float8,
                       COALESCE(SUM(quantity) FILTER (WHERE back), 0)::float8
                FROM (%s) line GROUP BY 1, 2
                """,
                self._deliveries_sql(lots, as_of),
            )
        )
        if any(returned > delivered for _lot, _partner, delivered, returned in rows):
            rows = self._settle_returns(rows)
        return rows

    @api.model
    def _last_deliveries(self, lots):
        """Return when each consignee last received of a lot.

        :return: ``{(lot id, partner id or None): naive UTC datetime}``
        """
        self._flush_moves()
        rows = self.env.execute_query(
            SQL(
                "SELECT lot_id, partner_id, MAX(date) FROM (%s) line WHERE NOT back"
                " GROUP BY 1, 2",
                self._deliveries_sql(lots, None),
            )
        )
        return {(lot_id, partner_id): date for lot_id, partner_id, date in rows}

    def _settle_returns(self, rows):
        """Return the rows with returns counted against who has the goods."""
        partners = self.env["res.partner"].sudo()
        partners = partners.browse({partner_id for _lot, partner_id, *_rest in rows})
        company_of = {
            partner.id: partner.commercial_partner_id.id
            for partner in partners.exists()
        }
        receipts = [
            Receipt(lot_id, partner_id, company_of.get(partner_id), *amounts)
            for lot_id, partner_id, *amounts in rows
        ]
        return [(*row[:2], *row[3:]) for row in settle(receipts)]

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
            if not as_of or role in _PAST
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
        return [Dealing(*row) for row in rows]

    # -- what went out, and came back

    def _deliveries_sql(self, lots, as_of):
        """Return the subquery of all that reached or left a customer, line by line."""
        return SQL(
            """
            SELECT line.lot_id, line.product_id, line.move_id, line.picking_id,
                   line.quantity_product_uom AS quantity, line.date,
                   line.consignment = 'returned' AS back,
                   line.consignee_id AS partner_id
            FROM stock_move_line line
            WHERE line.lot_id = ANY(%(lot_ids)s) AND line.consignment IS NOT NULL
              AND line.company_id = ANY(%(company_ids)s) AND %(period)s
            """,
            lot_ids=id_lookup(lots),
            company_ids=self.env.companies.ids,
            period=until("line", as_of),
        )

    def _delivered_sql(self, lots, as_of):
        return SQL(
            """
            SELECT 'delivered' AS role, line.lot_id, MAX(line.product_id) AS product_id,
                   line.partner_id, COALESCE(picking.name, move.reference) AS document,
                   COALESCE(picking.origin, move.origin) AS origin,
                   MAX(picking.id) AS picking_id,
                   COALESCE(SUM(line.quantity) FILTER (WHERE NOT line.back), 0)
                       AS quantity,
                   COALESCE(SUM(line.quantity) FILTER (WHERE line.back), 0) AS returned,
                   MAX(line.date) AS date, 'customer' AS usage
            FROM (%s) line
            LEFT JOIN stock_move move ON move.id = line.move_id
            LEFT JOIN stock_picking picking ON picking.id = line.picking_id
            GROUP BY line.lot_id, line.partner_id, 5, 6
            """,
            self._deliveries_sql(lots, as_of),
        )

    def _consigned_sql(self, lots, as_of):
        """Return what was delivered, not by document: for pictures of many lots."""
        return SQL(
            """
            SELECT 'delivered' AS role, line.lot_id, MAX(line.product_id) AS product_id,
                   line.partner_id, NULL AS document, NULL AS origin,
                   NULL::int AS picking_id,
                   COALESCE(SUM(line.quantity) FILTER (WHERE NOT line.back), 0)
                       AS quantity,
                   COALESCE(SUM(line.quantity) FILTER (WHERE line.back), 0) AS returned,
                   MAX(line.date) AS date, 'customer' AS usage
            FROM (%s) line GROUP BY line.lot_id, line.partner_id
            """,
            self._deliveries_sql(lots, as_of),
        )

    # -- what came from suppliers, and went back

    def _supplied_sql(self, lots, as_of):
        return SQL(
            """
            SELECT 'supplied' AS role, line.lot_id, MAX(line.product_id) AS product_id,
                   %(vendor)s AS partner_id,
                   COALESCE(picking.name, move.reference) AS document,
                   COALESCE(picking.origin, move.origin) AS origin,
                   MAX(picking.id) AS picking_id,
                   COALESCE(SUM(line.quantity_product_uom)
                       FILTER (WHERE source.usage IN ('supplier', 'transit')), 0)
                       AS quantity,
                   COALESCE(SUM(line.quantity_product_uom)
                       FILTER (WHERE target.usage = 'supplier'), 0) AS returned,
                   MAX(line.date) AS date,
                   CASE WHEN target.usage = 'supplier' THEN target.usage
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
                   OR source.usage = 'transit' AND source.company_id IS NULL)
            GROUP BY line.lot_id, 4, 5, 6, 11
            """,
            lot_ids=id_array(lots),
            company_ids=self.env.companies.ids,
            period=until("line", as_of),
            **self._vendor_sql(),
        )

    def _vendor_sql(self):
        """Return who is meant by a receipt, and the joins that takes."""
        if "purchase_line_id" not in self.env["stock.move"]._fields:
            vendor = SQL("COALESCE(picking.partner_id, move.partner_id)")
            return {"vendor": vendor, "purchase": SQL("")}
        return {
            "vendor": SQL(
                "COALESCE(bought.partner_id, picking.partner_id, move.partner_id)"
            ),
            "purchase": SQL(
                "LEFT JOIN purchase_order_line bought"
                " ON bought.id = move.purchase_line_id"
            ),
        }

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

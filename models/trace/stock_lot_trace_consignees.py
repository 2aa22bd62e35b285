from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.trace.returns import Receipt, settle
from ..genealogy.lot_sql import id_lookup, until


class StockLotTrace(models.AbstractModel):
    """Who received lots, and who still has them.

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
        return self._settle_returns(rows)

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
        """Return the rows with returns counted against who has the goods.

        :param rows: ``[(lot id, partner id or None, delivered, returned)]``
        """
        if all(delivered >= returned for _lot, _partner, delivered, returned in rows):
            return rows
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
    def _net_by_partner(self, dealings):
        """Return one ``Dealing`` per lot and partner, with all that came back.

        Returns come by documents of their own, and perhaps from another address.

        :param dealings: deliveries, by document or not
        :return: sorted by partner; the documents are those of the deliveries
        """
        by_partner = defaultdict(list)
        for dealing in dealings:
            by_partner[dealing.lot_id, dealing.partner_id].append(dealing)
        rows = [
            (
                *key,
                sum(dealing.quantity for dealing in of_partner),
                sum(dealing.returned for dealing in of_partner),
            )
            for key, of_partner in by_partner.items()
        ]
        net = []
        for lot_id, partner_id, delivered, returned in self._settle_returns(rows):
            of_partner = by_partner[lot_id, partner_id]
            sent = [dealing for dealing in of_partner if dealing.quantity] or of_partner
            documents = dict.fromkeys(row.document for row in sent if row.document)
            net.append(
                sent[-1]._replace(
                    quantity=delivered,
                    returned=returned,
                    document=", ".join(documents),
                )
            )
        return sorted(net, key=lambda row: (row.partner or "", row.lot_id))

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

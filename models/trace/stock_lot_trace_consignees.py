from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ...tools.trace.returns import NOTHING, Consignment, settle
from ..genealogy.lot_sql import id_lookup, until
from .dealing import DELIVERED

#: Name and origin of none.
NO_DOCUMENT = (None, None)


@dataclass
class Consigned:
    """How much of a lot one partner was sent, and what of it came back."""

    delivered: float
    returned: float


def _changed(changes):
    """Return the function that changes what came back of a row, None if none is left.

    :param changes: ``{(lot id, partner id, document, origin): quantity}``
    """

    def change(row):
        key = (row.lot_id, row.partner_id, row.document, row.origin)
        if row.role != DELIVERED or key not in changes:
            return row
        returned = row.returned + changes[key]
        if returned <= NOTHING and not row.quantity:
            return None
        return row._replace(returned=max(0.0, returned))

    return change


class StockLotTrace(models.AbstractModel):
    """Who received lots, and who still has them.

    A return counts against whoever the goods had been sent to, whichever address sends
    them back: see ``tools/trace/returns.py``. Goods that a supplier sent straight to a
    customer count for both. What is written off at a customer's has not come back: the
    customer has received it, and ``_written_off`` says how much of it that is.
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
        found = {row[:2]: Consigned(*row[2:]) for row in rows}
        for moved in self._moved_returns(rows, as_of):
            found[moved.lot_id, moved.sender_id].returned -= moved.quantity
            found[moved.lot_id, moved.receiver_id].returned += moved.quantity
        return [
            (*key, amounts.delivered, max(0.0, amounts.returned))
            for key, amounts in found.items()
            if amounts.delivered or amounts.returned > NOTHING
        ]

    @api.model
    def _written_off(self, lots, as_of=None):
        """Return what was written off where customers have it, and never came back.

        :return: ``{(lot id, partner id or None): quantity}``
        """
        self._flush_moves()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, line.consignee_id,
                       SUM(line.quantity_product_uom)::float8
                FROM stock_move_line line
                WHERE line.lot_id = ANY(%(lot_ids)s)
                  AND line.consignment = 'written_off'
                  AND line.company_id = ANY(%(company_ids)s) AND %(period)s
                GROUP BY 1, 2
                """,
                lot_ids=id_lookup(lots),
                company_ids=self.env.companies.ids,
                period=until("line", as_of),
            )
        )
        return {(lot_id, partner_id): amount for lot_id, partner_id, amount in rows}

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

    def _moved_returns(self, rows, as_of=None):
        """Return the parts of returns that count against what others were sent.

        :param rows: ``[(lot id, partner id or None, delivered, returned)]``
        :return: a list of ``Moved``, see ``tools/trace/returns.py``; the documents are
            pairs of name and origin
        """
        partners = defaultdict(set)
        for lot_id, partner_id, *_amounts in rows:
            partners[lot_id].add(partner_id)
        back = {lot_id for lot_id, _partner, _sent, returned in rows if returned}
        lot_ids = [lot_id for lot_id in back if len(partners[lot_id]) > 1]
        return settle(self._consignments(lot_ids, as_of)) if lot_ids else []

    def _consignments(self, lot_ids, as_of):
        """Yield all that reached or left a customer, as ``Consignment``."""
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, line.partner_id, partner.commercial_partner_id,
                       line.quantity::float8, line.date, line.back,
                       COALESCE(picking.name, move.reference),
                       COALESCE(picking.origin, move.origin)
                FROM (%s) line
                LEFT JOIN res_partner partner ON partner.id = line.partner_id
                LEFT JOIN stock_move move ON move.id = line.move_id
                LEFT JOIN stock_picking picking ON picking.id = line.picking_id
                ORDER BY line.date, line.move_id
                """,
                self._deliveries_sql(lot_ids, as_of),
            )
        )
        return (Consignment(*row[:6], document=row[6:]) for row in rows)

    def _settled(self, dealings, as_of, by_document):
        """Return the rows of customers with returns counted against who has the goods.

        :param dealings: of all roles; of those that customers have, all of their lots
        :param bool by_document: whether there is a row for each document
        """
        sent = [row for row in dealings if row.role == DELIVERED]
        rows = [
            (row.lot_id, row.partner_id, row.quantity, row.returned) for row in sent
        ]
        changes = defaultdict(float)
        for moved in self._moved_returns(rows, as_of):
            back = moved.return_document if by_document else NO_DOCUMENT
            out = moved.delivery_document if by_document else NO_DOCUMENT
            changes[(moved.lot_id, moved.sender_id, *back)] -= moved.quantity
            changes[(moved.lot_id, moved.receiver_id, *out)] += moved.quantity
        if not changes:
            return dealings
        return [row for row in map(_changed(changes), dealings) if row]

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
        net = []
        for of_partner in by_partner.values():
            sent = [dealing for dealing in of_partner if dealing.quantity] or of_partner
            documents = dict.fromkeys(row.document for row in sent if row.document)
            net.append(
                sent[-1]._replace(
                    quantity=sum(dealing.quantity for dealing in of_partner),
                    returned=sum(dealing.returned for dealing in of_partner),
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
            WHERE line.lot_id = ANY(%(lot_ids)s)
              AND line.consignment IN ('delivered', 'returned')
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

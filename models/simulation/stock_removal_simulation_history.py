from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...tools.days import start_of
from ...tools.movement import STOCK_USAGES
from ...tools.removal.remaining_life import Requirement
from ...tools.simulation.replay import Demand, Lot

#: What came in, and what was there at the start: lots as they were received. What
#: operations made of them until then they are at the start; later, they stay.
LOTS_SQL = """
    WITH flows AS (
        SELECT line.product_id, line.lot_id, line.date,
               CASE WHEN %(to_own)s THEN 1 ELSE -1 END
                   * line.quantity_product_uom AS quantity
        FROM stock_move_line line
        JOIN stock_location source ON source.id = line.location_id
        JOIN stock_location target ON target.id = line.location_dest_id
        LEFT JOIN stock_move move ON move.id = line.move_id
        WHERE line.state = 'done' AND line.company_id = %(company)s
          AND line.product_id = ANY(%(products)s)
          AND line.lot_id IS NOT NULL AND line.date < %(end)s
          AND %(from_own)s <> %(to_own)s
          AND (line.date < %(start)s
               OR NOT (%(is_operation)s OR %(is_taken_back)s))
    ), events AS (
        SELECT product_id, lot_id, %(start)s AS date, MIN(date) AS since,
               SUM(quantity) AS quantity
        FROM flows WHERE date < %(start)s
        GROUP BY product_id, lot_id
        UNION ALL
        SELECT product_id, lot_id, date, date, quantity
        FROM flows WHERE date >= %(start)s AND quantity > 0
    )
    SELECT events.product_id, events.lot_id, events.date, events.quantity,
           events.since, lot.expiration_date, lot.use_date,
           lot.effective_expiration_date, lot.production_date,
           lot.unit_cost, lot.removal_date
    FROM events JOIN stock_lot lot ON lot.id = events.lot_id
    WHERE events.quantity > 0
    ORDER BY events.date, events.lot_id
"""


class StockRemovalSimulation(models.Model):
    """What happened in the period of a simulation: what came in, what was asked for."""

    _inherit = "stock.removal.simulation"

    def _bounds(self):
        """Return when the period begins and has ended, in naive UTC.

        Its days are those of the company's time zone.
        """
        zone = self.company_id._zone()
        return (
            start_of(self.date_from, zone),
            start_of(self.date_to + timedelta(days=1), zone),
        )

    def _products(self):
        """Return the tracked products of which something left in the period."""
        domain = [("tracking", "!=", "none")]
        if self.categ_ids:
            domain.append(("categ_id", "child_of", self.categ_ids.ids))
        if self.product_ids:
            domain.append(("id", "in", self.product_ids.ids))
        start, end = self._bounds()
        moved = self.env["stock.move"]._read_group(
            [
                ("state", "=", "done"),
                ("company_id", "=", self.company_id.id),
                ("date", ">=", start),
                ("date", "<", end),
                ("location_id.usage", "in", STOCK_USAGES),
                "|",
                ("location_dest_id.usage", "in", ("customer", "production")),
                "&",
                ("location_dest_id.usage", "=", "transit"),
                ("location_dest_id.company_id", "=", False),
                ("product_id", "any", domain),
            ],
            ["product_id"],
        )
        return self.env["product.product"].concat(*(product for (product,) in moved))

    def _own_places(self):
        """Return the conditions of a movement's ends: ours, or another company's.

        Goods between companies are outside, as everywhere in a trace.
        """
        is_other = self.env["stock.lot.trace"]._is_inter_company
        own = {
            place: SQL(
                "(%s = ANY(%s) AND NOT %s)",
                SQL.identifier(place, "usage"),
                list(STOCK_USAGES),
                is_other(place),
            )
            for place in ("source", "target")
        }
        return {
            "from_own": own["source"],
            "to_own": own["target"],
            "to_other": is_other("target"),
        }

    def _nothing_happened(self, start, end):
        """Return the SQL of what neither comes in nor is wanted, by ``move``.

        Operations that give goods other numbers, and unbuilds: what an order of the
        period has used, and got back, it has not used.
        """
        unbuilds = "unbuild_id" in self.env["stock.move"]._fields
        is_unbuild = SQL("move.unbuild_id IS NOT NULL") if unbuilds else SQL("FALSE")
        return {
            "is_operation": self._is_operation_sql(start, end),
            "is_unbuild": is_unbuild,
            "is_taken_back": SQL(
                "(%s AND EXISTS (SELECT FROM stock_move used"
                " WHERE used.id = move.origin_returned_move_id AND used.date >= %s))",
                is_unbuild,
                start,
            ),
            "taken_back": SQL(
                """
                COALESCE((
                    SELECT SUM(got.quantity_product_uom)
                    FROM stock_move move JOIN stock_move_line got
                      ON got.move_id = move.id AND got.state = 'done'
                    WHERE move.origin_returned_move_id = line.move_id AND %s
                      AND got.date < %s
                ), 0)
                """,
                is_unbuild,
                end,
            ),
        }

    def _is_operation_sql(self, start, end):
        """Return the condition that ``move`` only gives goods another number.

        What is repacked as another product leaves as one and comes in as the other,
        unless it has been undone in the same period.
        """
        return SQL(
            """
            (move.lot_operation_id IS NOT NULL AND (
                NOT EXISTS (
                    SELECT FROM stock_move other
                    WHERE other.lot_operation_id = move.lot_operation_id
                      AND other.product_id <> move.product_id)
                OR EXISTS (
                    SELECT FROM stock_lot_operation operation
                    JOIN stock_lot_operation reverse
                      ON reverse.undoes_id = operation.id
                      OR operation.undoes_id = reverse.id
                    WHERE operation.id = move.lot_operation_id
                      AND reverse.date >= %s AND reverse.date < %s)))
            """,
            start,
            end,
        )

    def _lots(self, products):
        """Return ``{product id: [Lot]}``: what was there, and what came in."""
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model()
        self.env["stock.lot.operation"].flush_model(["undoes_id", "date"])
        self.env["stock.lot"].flush_model()
        start, end = self._bounds()
        rows = self.env.execute_query(
            SQL(
                LOTS_SQL,
                **self._own_places(),
                **self._nothing_happened(start, end),
                company=self.company_id.id,
                products=products.ids,
                start=start,
                end=end,
            )
        )
        lots = {}
        for product_id, *facts in rows:
            lot = _lot(*facts, start=start, first_day=self.date_from)
            lots.setdefault(product_id, []).append(lot)
        return {product: self._in_own_currency(of) for product, of in lots.items()}

    def _in_own_currency(self, lots):
        """Return each ``Lot``; of those that companies share, with our cost."""
        # sudo: in which currency another company counts is no secret
        shared = self.env["stock.lot"].sudo().browse({lot.key for lot in lots})
        costs = {
            lot.id: lot._unit_cost_for(self.company_id)
            for lot in shared.filtered("unit_cost_company_id")
        }
        return [lot._replace(cost=costs.get(lot.key, lot.cost)) for lot in lots]

    def _demands(self, products):
        """Return ``{product id: [Demand]}`` of customers, production and companies."""
        start, end = self._bounds()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.product_id, MIN(line.date),
                       SUM(line.quantity_product_uom) - %(taken_back)s,
                       COALESCE(move.partner_id, picking.partner_id), target.usage
                FROM stock_move_line line
                JOIN stock_move move ON move.id = line.move_id
                LEFT JOIN stock_picking picking ON picking.id = move.picking_id
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                WHERE line.state = 'done' AND line.company_id = %(company)s
                  AND line.product_id = ANY(%(products)s)
                  AND line.date >= %(start)s AND line.date < %(end)s
                  AND %(from_own)s
                  AND (target.usage IN ('customer', 'production') OR %(to_other)s)
                  AND NOT (%(is_operation)s OR %(is_unbuild)s)
                GROUP BY line.product_id, line.move_id, 4, 5
                HAVING SUM(line.quantity_product_uom) > %(taken_back)s
                """,
                **self._own_places(),
                **self._nothing_happened(start, end),
                company=self.company_id.id,
                products=products.ids,
                start=start,
                end=end,
            )
        )
        categories = {product.id: product.categ_id.id for product in products}
        demands = {}
        for product_id, date, quantity, partner_id, usage in rows:
            terms = (Requirement(), 0)
            if partner_id and usage == "customer":
                terms = self.env["res.partner"]._shelf_life_terms(
                    partner_id, categories[product_id]
                )
            demand = Demand(_day(date, start), quantity, *terms)
            demands.setdefault(product_id, []).append(demand)
        return demands


def _day(moment, start):
    return (moment - start) / timedelta(days=1) if moment else None


def _lot(lot_id, date, quantity, since, *facts, start, first_day):
    """Return the ``Lot`` of a row of ``LOTS_SQL``.

    :param start: when the period begins, in UTC, and ``first_day``, the day that is
    """
    expiry, best_before, effective, made, cost, removal = facts
    return Lot(
        key=lot_id,
        day=_day(date, start),
        quantity=quantity,
        expiry=_day(expiry, start),
        best_before=_day(best_before, start),
        effective=_day(effective, start),
        produced=float((made - first_day).days) if made else None,
        cost=cost or 0.0,
        since=_day(since, start),
        removal=_day(removal, start),
    )

from odoo import api, models
from odoo.tools import SQL

#: Where goods come from when they come in at a cost.
COSTLY_SOURCES = ("supplier", "production")


class StockMove(models.Model):
    """Writes what lots cost that come in."""

    _inherit = "stock.move"

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        known = moves
        if moves._costs_come_later():
            known = moves.filtered(lambda move: move._goes_back())
        known._update_unit_costs()
        return moves

    @api.model
    def _costs_come_later(self):
        """Tell whether costs are known later than the move is done.

        Whatever knows them calls ``_update_unit_costs`` then. Inventory alone knows
        the price of a move at once.
        """
        return False

    def _update_unit_costs(self):
        """Write the unit cost of the lots that these done moves brought in, or back.

        Goods that are free, and goods that went back, count for lots whose cost is
        known.
        """
        # sudo: who posts a bill or changes a price has no right on batches
        moves = self.sudo().filtered(lambda move: move._changes_costs())
        costly = moves.filtered(lambda move: move._has_unit_cost())
        known = (moves - costly).move_line_ids.lot_id.filtered("unit_cost")
        (costly.move_line_ids.lot_id | known)._find_unit_costs()

    def _changes_costs(self):
        """Tell whether goods came in, or went back to where they had come from."""
        return self.location_id.usage in COSTLY_SOURCES or self._goes_back()

    def _goes_back(self):
        return self.location_dest_id.usage == "supplier"

    def _has_unit_cost(self):
        return bool(self.price_unit)

    @api.model
    def _unit_cost_sql(self):
        """Return the SQL of what one unit (of the product) of ``stock_move`` cost."""
        return SQL.identifier(
            "stock_move", "price_unit", to_flush=self._fields["price_unit"]
        )

    @api.model
    def _line_cost_sql(self):
        """Return the SQL of what one unit of ``line`` of ``stock_move`` cost.

        NULL where nobody knows. From a supplier, what cost nothing is free.
        """
        cost = self._unit_cost_sql()
        return SQL(
            "CASE WHEN source.usage = 'supplier' THEN COALESCE(%s, 0)"
            " ELSE NULLIF(%s, 0) END",
            cost,
            cost,
        )

    @api.model
    def _is_costed_sql(self):
        """Return the condition on ``line`` of ``stock_move`` that it counts.

        What belongs to somebody else costs us nothing, and is not ours for nothing.
        """
        return SQL(
            "(line.owner_id IS NULL OR line.owner_id ="
            " (SELECT partner_id FROM res_company WHERE id = line.company_id))"
        )

    @api.model
    def _lot_costs(self, lot_ids):
        """Return ``{lot id: unit cost}`` by the done movements from outside."""
        return dict(self.env.execute_query(self._lot_costs_sql(lot_ids)))

    @api.model
    def _lot_costs_sql(self, lot_ids=None):
        """Return the SELECT of ``lot_id, cost``; None for all lots.

        The average of all that came in, by quantity, without what went back.
        """
        self._flush_costs()
        wanted = SQL("line.lot_id IS NOT NULL")
        if lot_ids is not None:
            wanted = SQL("line.lot_id = ANY(%s)", list(lot_ids))
        return SQL(
            """
            SELECT lot_id, (SUM(kept * cost) / SUM(kept))::float8 AS cost FROM (
                SELECT came.lot_id, came.cost,
                       came.quantity - COALESCE((%(returned)s), 0) AS kept
                FROM (%(came_in)s) came
            ) whole
            WHERE kept > 0
            GROUP BY lot_id
            """,
            returned=self._returned_sql(),
            came_in=self._came_in_at_cost_sql(wanted),
        )

    @api.model
    def _flush_costs(self):
        """Let the database know all that costs are found from."""
        self.flush_model(["state", "location_id", "origin_returned_move_id"])
        self.env["stock.move.line"].flush_model()

    @api.model
    def _came_in_at_cost_sql(self, wanted):
        """Return the SELECT of ``lot_id, move_id, quantity, cost`` by lot and move.

        :param SQL wanted: condition on ``line``
        """
        return SQL(
            """
            SELECT lot_id, move_id, SUM(quantity) AS quantity,
                   SUM(quantity * cost) / SUM(quantity) AS cost
            FROM (
                SELECT line.lot_id, line.move_id,
                       line.quantity_product_uom AS quantity, %(cost)s AS cost
                FROM stock_move_line line
                JOIN stock_move ON stock_move.id = line.move_id
                JOIN stock_location source ON source.id = line.location_id
                WHERE %(wanted)s AND line.state = 'done'
                  AND source.usage = ANY(%(sources)s)
                  AND line.quantity_product_uom > 0 AND %(counts)s
                  AND NOT %(came_back)s
            ) line
            WHERE cost IS NOT NULL
            GROUP BY lot_id, move_id
            """,
            cost=self._line_cost_sql(),
            wanted=wanted,
            counts=self._is_costed_sql(),
            came_back=self._came_back_sql(),
            sources=list(COSTLY_SOURCES),
        )

    @api.model
    def _came_back_sql(self):
        """Return the condition that ``line`` of ``stock_move`` is nothing new.

        What a production used, and gives back: by an unbuild, for example.
        """
        return SQL(
            "(source.usage = 'production' AND EXISTS ("
            " SELECT FROM stock_move_line used"
            " WHERE used.move_id = stock_move.origin_returned_move_id"
            " AND used.lot_id = line.lot_id AND used.state = 'done'))"
        )

    @api.model
    def _returned_sql(self):
        """Return the SELECT of how much of ``came`` has gone back."""
        return SQL(
            """
            SELECT SUM(line.quantity_product_uom)
            FROM stock_move back
            JOIN stock_move_line line ON line.move_id = back.id
            JOIN stock_location target ON target.id = line.location_dest_id
            WHERE back.origin_returned_move_id = came.move_id
              AND line.lot_id = came.lot_id AND line.state = 'done'
              AND target.usage = 'supplier' AND %s
            """,
            self._is_costed_sql(),
        )

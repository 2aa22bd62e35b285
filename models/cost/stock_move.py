from odoo import api, models
from odoo.tools import SQL

#: Where goods come from when they come in at a cost.
COSTLY_SOURCES = ("supplier", "production")


class StockMove(models.Model):
    """Writes what lots cost that come in."""

    _inherit = "stock.move"

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        if not moves._costs_come_later():
            moves._update_unit_costs()
        return moves

    @api.model
    def _costs_come_later(self):
        """Tell whether costs are known later than the move is done.

        Whatever knows them calls ``_update_unit_costs`` then. Inventory alone knows
        the price of a move at once.
        """
        return False

    def _update_unit_costs(self):
        """Write the unit cost of the lots that these done moves brought in."""
        # sudo: who posts a bill or changes a price has no right on batches
        costly = self.sudo().filtered(
            lambda move: (
                move.location_id.usage in COSTLY_SOURCES and move._has_unit_cost()
            )
        )
        costly.move_line_ids.lot_id._find_unit_costs()

    def _has_unit_cost(self):
        return bool(self.price_unit)

    @api.model
    def _unit_cost_sql(self):
        """Return the SQL of what one unit (of the product) of ``stock_move`` cost."""
        return SQL.identifier(
            "stock_move", "price_unit", to_flush=self._fields["price_unit"]
        )

    @api.model
    def _lot_costs(self, lot_ids):
        """Return ``{lot id: unit cost}`` by the done movements from outside."""
        return dict(self.env.execute_query(self._lot_costs_sql(lot_ids)))

    @api.model
    def _lot_costs_sql(self, lot_ids=None):
        """Return the SELECT of ``lot_id, cost``; None for all lots."""
        self.flush_model(["state", "location_id"])
        self.env["stock.move.line"].flush_model()
        wanted = SQL("line.lot_id IS NOT NULL")
        if lot_ids is not None:
            wanted = SQL("line.lot_id = ANY(%s)", list(lot_ids))
        return SQL(
            """
            SELECT line.lot_id,
                   SUM(line.quantity_product_uom * %(cost)s)
                       / SUM(line.quantity_product_uom) AS cost
            FROM stock_move_line line
            JOIN stock_move ON stock_move.id = line.move_id
            JOIN stock_location source ON source.id = line.location_id
            WHERE %(wanted)s AND line.state = 'done'
              AND source.usage = ANY(%(sources)s)
              AND line.quantity_product_uom > 0 AND %(cost)s > 0
            GROUP BY line.lot_id
            """,
            cost=self._unit_cost_sql(),
            wanted=wanted,
            sources=list(COSTLY_SOURCES),
        )

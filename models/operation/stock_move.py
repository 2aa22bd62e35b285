from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.cost.in_order import Inflow, unit_costs


class StockMove(models.Model):
    """A move of an operation on lots: it splits, merges, repacks or relabels them."""

    _inherit = "stock.move"

    lot_operation_id = fields.Many2one(
        "stock.lot.operation", index="btree_not_null", copy=False
    )

    def _is_internal_to_operation(self):
        # sudo: who may not read operations is checked all the same
        operation = self.sudo().lot_operation_id
        return operation.is_running or super()._is_internal_to_operation()

    # -- what lots cost

    @api.model
    def _line_cost_sql(self):
        """Leave out what operations made: it costs what the goods had cost before."""
        return SQL(
            "CASE WHEN stock_move.lot_operation_id IS NULL THEN %s END",
            super()._line_cost_sql(),
        )

    @api.model
    def _lot_costs(self, lot_ids):
        """Return ``{lot id: unit cost}``; of what operations made, in order of time.

        Whatever its product is valued at: made of what nobody knows the cost of, nobody
        knows its cost. What was undone has made nothing.
        """
        lots = self.env["stock.lot"].browse(lot_ids)
        family = lots._operated_lots("made", "taken")
        operated = self._operated_inflows(family.ids)
        if not operated:
            return super()._lot_costs(lot_ids)
        inflows = operated + self._costed_inflows(family.ids)
        coming = {inflow.lot for inflow in inflows}
        said = {
            lot.id: lot.unit_cost
            for lot in family
            if lot.unit_cost_typed or lot.id not in coming
        }
        return unit_costs(inflows, said)

    @api.model
    def _costed_inflows(self, lot_ids):
        """Return each ``Inflow`` of lots from outside, without what went back."""
        self._flush_costs()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT came.lot_id, move.date, move.id,
                       (came.quantity - COALESCE((%(returned)s), 0))::float8,
                       came.cost::float8
                FROM (%(came_in)s) came JOIN stock_move move ON move.id = came.move_id
                """,
                returned=self._returned_sql(),
                came_in=self._came_in_at_cost_sql(
                    SQL("line.lot_id = ANY(%s)", list(lot_ids))
                ),
            )
        )
        return [
            Inflow((date, move_id), lot_id, quantity, cost)
            for lot_id, date, move_id, quantity, cost in rows
        ]

    @api.model
    def _operated_inflows(self, lot_ids):
        """Return each ``Inflow`` of lots from operations that have not been undone."""
        self.env["stock.lot.operation"].flush_model(["undoes_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, line.date, line.move_id,
                       line.quantity_product_uom::float8,
                       ARRAY_AGG(taken.lot_id ORDER BY taken.id),
                       ARRAY_AGG(taken.quantity_product_uom::float8 ORDER BY taken.id)
                FROM stock_move_line line
                JOIN stock_move move ON move.id = line.move_id
                JOIN stock_lot_operation operation
                  ON operation.id = move.lot_operation_id
                 AND operation.undoes_id IS NULL
                JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = line.id
                JOIN stock_move_line taken ON taken.id = rel.produce_line_id
                WHERE line.lot_id = ANY(%s) AND line.state = 'done'
                  AND line.quantity_product_uom > 0
                  AND taken.lot_id IS NOT NULL AND %s
                  AND NOT EXISTS (
                    SELECT FROM stock_lot_operation undoing
                    WHERE undoing.undoes_id = operation.id)
                GROUP BY line.id
                """,
                list(lot_ids),
                self._is_costed_sql(),
            )
        )
        return [
            Inflow(
                (date, move_id),
                lot_id,
                quantity,
                taken=tuple(zip(lots, quantities, strict=True)),
            )
            for lot_id, date, move_id, quantity, lots, quantities in rows
        ]

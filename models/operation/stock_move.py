from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.cost.in_order import Inflow


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

    @api.model
    def _told_fields(self):
        return [*super()._told_fields(), "lot_operation_id"]

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
        """Find what operations made in order of time, whatever its product's value.

        Made of what nobody knows the cost of, nobody knows its cost. What was undone
        has made nothing.
        """
        if not self._operated_inflows(lot_ids):
            return super()._lot_costs(lot_ids)
        costs = self._costs_in_order(lot_ids)
        return {lot_id: costs[lot_id] for lot_id in lot_ids if lot_id in costs}

    @api.model
    def _inflows(self, lot_ids):
        """Add what operations have made, and what came into what they made it of."""
        family = self.env["stock.lot"].browse(lot_ids)._operated_lots("made", "taken")
        return super()._inflows(family.ids) + self._operated_inflows(family.ids)

    @api.model
    def _operated_inflows(self, lot_ids):
        """Return each ``Inflow`` of lots from operations that have not been undone."""
        self.env["stock.lot.operation"].flush_model(["undoes_id"])
        self._flush_costs()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, line.date, line.move_id, line.company_id,
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
                company=company_id,
            )
            for lot_id, date, move_id, company_id, quantity, lots, quantities in rows
        ]

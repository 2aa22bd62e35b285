from odoo import api, fields, models
from odoo.tools import SQL


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
    def _line_cost_sql(self):
        """Let the cost go with the goods: made of what was taken, it costs as much.

        Whatever its product is valued at: made of what nobody knows the cost of, nobody
        knows its cost. What was undone has made nothing.
        """
        cost = super()._line_cost_sql()
        return SQL(
            """
            CASE WHEN stock_move.lot_operation_id IS NULL THEN %(cost)s
            WHEN EXISTS (
                SELECT FROM stock_lot_operation operation
                LEFT JOIN stock_lot_operation undoing
                  ON undoing.undoes_id = operation.id
                WHERE operation.id = stock_move.lot_operation_id
                  AND (operation.undoes_id IS NOT NULL OR undoing.id IS NOT NULL)
            ) THEN NULL
            ELSE %(handed_on)s END
            """,
            cost=cost,
            handed_on=self._handed_on_cost_sql(),
        )

    def _handed_on_cost_sql(self):
        """Return the SELECT of what was taken for ``line``, for each unit of that.

        Of what was taken, that whose cost nobody knows is taken to cost as the rest.
        """
        self.env["stock.lot"].flush_model(["unit_cost"])
        return SQL(
            """
            (SELECT SUM(taken.quantity_product_uom * parent.unit_cost)
                        FILTER (WHERE parent.unit_cost > 0)
                    / SUM(taken.quantity_product_uom)
                        FILTER (WHERE parent.unit_cost > 0)
                    * SUM(taken.quantity_product_uom) / line.quantity_product_uom
             FROM stock_move_line_consume_rel rel
             JOIN stock_move_line taken ON taken.id = rel.produce_line_id
             JOIN stock_lot parent ON parent.id = taken.lot_id
             WHERE rel.consume_line_id = line.id)
            """
        )

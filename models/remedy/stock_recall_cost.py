from odoo import api, fields, models
from odoo.tools import SQL


class StockRecall(models.Model):
    """What is delivered again counts as a cost of the recall, at what it had cost."""

    _inherit = "stock.recall"

    replaced_value = fields.Monetary(
        "Goods delivered again",
        compute="_compute_lost_value",
        help="What the batches that replaced recalled goods had cost; those of unknown "
        "cost count nothing.",
    )

    def _compute_lost_value(self):
        result = super()._compute_lost_value()
        values = self._origin._replaced_values()
        for recall in self:
            recall.replaced_value = values.get(recall._origin.id, 0.0)
            recall.total_cost += recall.replaced_value
        return result

    def _replaced_values(self):
        """Return ``{recall id: cost}`` of what was delivered to replace goods."""
        if not self.ids:
            return {}
        for model in ("stock.move", "stock.move.line", "stock.lot"):
            self.env[model].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT replacing.recall_id,
                           SUM(line.quantity_product_uom * lot.unit_cost)::float8
                    FROM (%s) replacing
                    JOIN stock_move_line line ON line.move_id = replacing.move_id
                     AND line.state = 'done'
                    JOIN stock_lot lot ON lot.id = line.lot_id
                    WHERE replacing.recall_id = ANY(%s) GROUP BY 1
                    """,
                    SQL(" UNION ").join(self._replacing_sql()),
                    self.ids,
                )
            )
        )

    @api.model
    def _replacing_sql(self):
        """Return SELECTs of ``recall_id, move_id``; bridges add their moves."""
        return [
            SQL(
                "SELECT recall_id, id AS move_id FROM stock_move"
                " WHERE recall_row_id IS NOT NULL"
            )
        ]

from odoo import api, fields, models
from odoo.tools import SQL


class StockRecall(models.Model):
    """What was credited counts as a cost of the recall, without taxes."""

    _inherit = "stock.recall"

    credited_value = fields.Monetary(
        "Credited",
        compute="_compute_lost_value",
        help="On posted credit notes of this recall, without taxes.",
    )

    def _compute_lost_value(self):
        result = super()._compute_lost_value()
        values = self._origin._credited_values()
        for recall in self:
            recall.credited_value = values.get(recall._origin.id, 0.0)
            recall.total_cost += recall.credited_value
        return result

    def _credited_values(self):
        """Return ``{recall id: amount in the currency of its company}``.

        A sum that whoever sees the recall's cost may know, and nothing of Invoicing.
        """
        if not self.ids:
            return {}
        for model in ("account.move.line", "account.move"):
            self.env[model].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT row.recall_id, SUM(line.balance)::float8
                    FROM stock_recall_consignee row
                    JOIN account_move_line line ON line.recall_row_id = row.id
                    JOIN account_move note ON note.id = line.move_id
                     AND note.state = 'posted' AND note.move_type = 'out_refund'
                    WHERE row.recall_id = ANY(%s) GROUP BY 1
                    """,
                    self.ids,
                )
            )
        )

    @api.model
    def _replacing_sql(self):
        return [
            *super()._replacing_sql(),
            SQL(
                """
                SELECT row.recall_id, move.id AS move_id
                FROM sale_order_line sold
                JOIN stock_recall_consignee row ON row.id = sold.recall_row_id
                JOIN stock_move move ON move.sale_line_id = sold.id
                JOIN stock_location place ON place.id = move.location_dest_id
                WHERE place.usage = 'customer'
                """
            ),
        ]

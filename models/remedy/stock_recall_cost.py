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
        rows = self.env.execute_query(
            SQL(
                """
                SELECT replacing.recall_id,
                       COALESCE(lot.company_id, lot.unit_cost_company_id),
                       SUM(line.quantity_product_uom * lot.unit_cost)::float8
                FROM (%s) replacing
                JOIN stock_move_line line ON line.move_id = replacing.move_id
                 AND line.state = 'done'
                JOIN stock_lot lot ON lot.id = line.lot_id
                WHERE replacing.recall_id = ANY(%s) GROUP BY 1, 2
                """,
                SQL(" UNION ").join(self._replacing_sql()),
                self.ids,
            )
        )
        values = {}
        for recall_id, company_id, value in rows:
            amount = self.browse(recall_id)._in_own_currency(company_id, value or 0.0)
            values[recall_id] = values.get(recall_id, 0.0) + amount
        return values

    def _in_own_currency(self, company_id, amount):
        """Return an amount of a company, none for its own, in the recall's currency."""
        # sudo: rates of currencies are no secret
        own = self.sudo().company_id
        company = own.browse(company_id) or own
        return company.currency_id._convert(
            amount, own.currency_id, own, fields.Date.today(), round=False
        )

    @api.model
    def _replacing_sql(self):
        """Return SELECTs of ``recall_id, move_id``; bridges add their moves.

        What was picked or packed has not left yet: its last step counts.
        """
        return [
            SQL(
                """
                SELECT move.recall_id, move.id AS move_id FROM stock_move move
                JOIN stock_location place ON place.id = move.location_dest_id
                 AND place.usage <> 'internal'
                WHERE move.recall_row_id IS NOT NULL
                """
            )
        ]

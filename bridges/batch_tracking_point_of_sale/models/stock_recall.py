from odoo import fields, models
from odoo.tools import SQL

TILLS = "point_of_sale.group_pos_user"


class StockRecall(models.Model):
    """Refunds at tills, on the page of the recall and in its cost."""

    _inherit = "stock.recall"

    refund_count = fields.Integer(
        "Refunds", compute="_compute_refund_count", groups=TILLS
    )
    refunded_value = fields.Monetary(
        "Refunded at tills",
        compute="_compute_lost_value",
        help="On refunds of this recall that were paid out, without taxes.",
    )

    def _compute_refund_count(self):
        for recall in self:
            recall.refund_count = self.env["pos.order"].search_count(
                recall._refunds_domain()
            )

    def _refunds_domain(self):
        return [("lines.recall_row_id.recall_id", "=", self._origin.id)]

    def _compute_lost_value(self):
        result = super()._compute_lost_value()
        values = self._origin._refunded_values()
        for recall in self:
            recall.refunded_value = values.get(recall._origin.id, 0.0)
            recall.total_cost += recall.refunded_value
        return result

    def _refunded_values(self):
        """Return ``{recall id: amount in the currency of its company}``.

        A sum that whoever sees the recall's cost may know, and nothing of the tills.
        """
        if not self.ids:
            return {}
        for model in ("pos.order.line", "pos.order"):
            self.env[model].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT row.recall_id, SUM(
                        -line.price_subtotal
                        / COALESCE(NULLIF(sale.currency_rate, 0), 1)
                    )::float8
                    FROM stock_recall_consignee row
                    JOIN pos_order_line line ON line.recall_row_id = row.id
                    JOIN pos_order sale ON sale.id = line.order_id
                     AND sale.state NOT IN ('draft', 'cancel')
                    WHERE row.recall_id = ANY(%s) GROUP BY 1
                    """,
                    self.ids,
                )
            )
        )

    def action_open_refunds(self):
        """Open the refunds that were made for this recall."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refunds of %s", self.name),
            "res_model": "pos.order",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": self._refunds_domain(),
            "context": {"create": False},
        }

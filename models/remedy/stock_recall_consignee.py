from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.answer.balance import is_none


class StockRecallConsignee(models.Model):
    """What was made good to a consignee of what they had of a batch.

    Always as the documents say now: what is cancelled or deleted counts no more.
    """

    _inherit = "stock.recall.consignee"

    replaced = fields.Float(
        compute="_compute_made_good",
        digits="Product Unit",
        help="Delivered again, or on its way to be.",
    )
    credited = fields.Float(
        compute="_compute_made_good",
        digits="Product Unit",
        help="On credit notes, also on those that are drafts.",
    )
    to_make_good = fields.Float(
        "To make good",
        compute="_compute_made_good",
        digits="Product Unit",
        help="Came back or was destroyed, and is neither replaced nor credited.",
    )

    @api.depends("back", "destroyed", "distributed")
    def _compute_made_good(self):
        made_good = self._origin._made_good()
        left = self._left_to_make_good("recovered", made_good)
        for row in self:
            mine = made_good[row._origin.id]
            row.replaced = mine["replaced"]
            row.credited = mine["credited"]
            row.to_make_good = left[row]

    def _made_good(self):
        """Return ``{row id: {"replaced": quantity, "credited": quantity}}``."""
        found = defaultdict(lambda: {"replaced": 0.0, "credited": 0.0})
        if self.ids:
            sources = SQL(" UNION ALL ").join(self._made_good_sql())
            query = SQL(
                "SELECT row_id, kind, SUM(quantity)::float8 FROM (%s) source"
                " WHERE row_id = ANY(%s) GROUP BY 1, 2",
                sources,
                self.ids,
            )
            for row_id, kind, quantity in self.env.execute_query(query):
                found[row_id][kind] = quantity
        return found

    @api.model
    def _made_good_sql(self):
        """Return SELECTs of ``row_id, kind, quantity``; bridges add their documents.

        Quantities are in the product's unit.
        """
        for model in ("stock.move", "stock.move.line"):
            self.env[model].flush_model()
        return [
            SQL(
                """
                SELECT move.recall_row_id AS row_id, 'replaced' AS kind,
                       CASE WHEN move.state <> 'done' THEN move.product_qty ELSE (
                           SELECT COALESCE(SUM(line.quantity_product_uom), 0)
                           FROM stock_move_line line WHERE line.move_id = move.id
                       ) END AS quantity
                FROM stock_move move
                WHERE move.recall_row_id IS NOT NULL AND move.state <> 'cancel'
                  -- What was picked goes on in the next step, and counts there.
                  AND NOT (move.state = 'done' AND EXISTS (
                      SELECT FROM stock_location place
                      WHERE place.id = move.location_dest_id
                        AND place.usage = 'internal'))
                """
            )
        ]

    def _left_to_make_good(self, basis, made_good=None):
        """Return how much of each row is neither replaced nor credited.

        :param str basis: one of ``BASES``
        :param made_good: see ``_made_good``; asked for if it is not given
        :return: ``{row: quantity}``
        """
        made_good = self._made_good() if made_good is None else made_good
        left = {}
        for row in self:
            owed = row.distributed
            if basis == "recovered":
                owed = min(owed, row.back + row.destroyed)
            done = sum(made_good[row._origin.id].values())
            quantity = max(0.0, owed - done)
            left[row] = 0.0 if is_none(quantity) else quantity
        return left

    def action_open_replacements(self):
        """Open the transfers that replace what they had of this batch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replacements for %s", self.partner_id.display_name),
            "res_model": "stock.picking",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [("move_ids.recall_row_id", "=", self.id)],
            "context": {"create": False},
        }

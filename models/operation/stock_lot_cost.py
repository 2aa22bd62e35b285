from odoo import models
from odoo.tools import SQL

#: Of lots that are made of each other over and over, costs settle by then.
ROUNDS = 20


class StockLot(models.Model):
    """Hands a corrected cost on to what was made of a lot by operations."""

    _inherit = "stock.lot"

    def _after_cost_change(self):
        super()._after_cost_change()
        changed = self
        for _round in range(ROUNDS):
            changed = changed._made_by_operations()._write_found_costs()
            if not changed:
                return

    def _made_by_operations(self):
        """Return the lots that operations have made of these, in one step."""
        if not self:
            return self
        self.env["stock.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT made.lot_id
                FROM stock_move_line taken
                JOIN stock_move ON stock_move.id = taken.move_id
                JOIN stock_move_line_consume_rel rel ON rel.produce_line_id = taken.id
                JOIN stock_move_line made ON made.id = rel.consume_line_id
                WHERE taken.lot_id = ANY(%s) AND taken.state = 'done'
                  AND stock_move.lot_operation_id IS NOT NULL
                  AND made.lot_id IS NOT NULL
                """,
                self.ids,
            )
        )
        # sudo: what follows from a cost follows whoever may see it
        return self.sudo().browse(lot_id for (lot_id,) in rows)

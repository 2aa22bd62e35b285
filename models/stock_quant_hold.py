from odoo import models
from odoo.tools import SQL


# Holding is a subject of its own, beside how quants are chosen.
class StockQuant(models.Model):
    """What is done to the stock when something begins to be held, or ends."""

    _inherit = "stock.quant"

    def _claim(self):
        """Let the later of two transactions that use this stock start anew.

        Neither sees what the other is about to commit. But whoever reserves or moves
        goods changes their quants; so do we, to the values that they have. PostgreSQL
        then waits for the other transaction and lets the later one fail with a
        serialization error, upon which Odoo repeats it on what is true by then.
        """
        self._claim_where(SQL("id = ANY(%s)", self.ids))

    def _claim_where(self, condition):
        self.env["stock.quant"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH claimed AS (
                    SELECT id FROM stock_quant WHERE %s
                    ORDER BY id FOR NO KEY UPDATE
                )
                UPDATE stock_quant SET reserved_quantity = reserved_quantity
                FROM claimed WHERE stock_quant.id = claimed.id
                """,
                condition,
            )
        )

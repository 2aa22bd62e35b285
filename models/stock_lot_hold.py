from odoo import models
from odoo.tools import SQL


# Two people at once are a subject of its own, beside what a disposition permits.
class StockLot(models.Model):
    """A lot is never held and reserved at the same time, whoever commits first."""

    _inherit = "stock.lot"

    def write(self, vals):
        if "disposition_id" in vals:
            self._claim_stock()
        return super().write(vals)

    def _claim_stock(self):
        """Let the later of two transactions that use these lots' stock start anew.

        Neither sees what the other is about to commit. But whoever reserves or moves
        a lot changes its quants; so do we, to the values that they have. PostgreSQL
        then waits for the other transaction and lets the later one fail with a
        serialization error, upon which Odoo repeats it on what is true by then.
        """
        self.env["stock.quant"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH claimed AS (
                    SELECT id FROM stock_quant WHERE lot_id = ANY(%s)
                    ORDER BY id FOR NO KEY UPDATE
                )
                UPDATE stock_quant SET reserved_quantity = reserved_quantity
                FROM claimed WHERE stock_quant.id = claimed.id
                """,
                self.ids,
            )
        )

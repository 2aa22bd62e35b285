from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import STOCK_USAGES
from . import counting
from .exceptions import CountedOutsideError


class StockQuant(models.Model):
    """What is done to the stock when something begins to be held, ends, or is counted.

    Whoever counts says what lies in our own places. What customers, suppliers or a
    production have is not counted: that follows from what was moved there.
    """

    _inherit = "stock.quant"

    def _apply_inventory(self, date=None):
        self._check_lies_in_stock()
        with counting.counting(self.env.cr):
            return super()._apply_inventory(date)

    def _check_lies_in_stock(self):
        """Refuse to count batches where nobody of ours could.

        :raises CountedOutsideError: naming the batch and the place
        """
        for quant in self.sudo().filtered("lot_id"):
            if quant.location_id.usage not in STOCK_USAGES:
                raise CountedOutsideError(quant.with_env(self.env))

    # -- two people at once

    def _lock_and_touch(self):
        """Let the later of two transactions that use this stock start anew.

        Neither sees what the other is about to commit. But whoever reserves or moves
        goods changes their quants; so do we, to the values that they have. PostgreSQL
        then waits for the other transaction and lets the later one fail with a
        serialization error, upon which Odoo repeats it on what is true by then.
        """
        self._lock_and_touch_where(SQL("id = ANY(%s)", self.ids))

    @api.model
    def _lock_and_touch_where(self, condition):
        """Do the same for all stock that meets a condition.

        Their lots too: who has gone around locked stock meanwhile has changed those,
        see ``_lock_what_holds`` of the ledger, and this must start anew then.

        :param SQL condition: on stock_quant
        """
        self.env["stock.quant"].flush_model()
        self._lock_lots_where(condition)
        self.env.cr.execute(
            SQL(
                """
                WITH locked AS (
                    SELECT id FROM stock_quant WHERE %s
                    ORDER BY id FOR NO KEY UPDATE
                )
                UPDATE stock_quant SET reserved_quantity = reserved_quantity
                FROM locked WHERE stock_quant.id = locked.id
                """,
                condition,
            )
        )

    def _lock_lots_where(self, condition):
        self.env.cr.execute(
            SQL(
                """
                SELECT FROM stock_lot
                WHERE id IN (SELECT lot_id FROM stock_quant WHERE %s)
                ORDER BY id FOR NO KEY UPDATE
                """,
                condition,
            )
        )

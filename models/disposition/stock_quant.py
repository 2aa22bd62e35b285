from odoo import api, models
from odoo.tools import SQL

from ...tools.movement import COUNT
from .exceptions import HeldQuantityError

#: What a quantity is, where, and of what: changing it by hand is counting.
STOCK_FIELDS = {
    "product_id",
    "lot_id",
    "location_id",
    "package_id",
    "owner_id",
    "quantity",
    "reserved_quantity",
}


class StockQuant(models.Model):
    """What is done to the stock when something begins to be held, or ends."""

    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        if any("quantity" in vals for vals in vals_list):
            quants._check_may_be_counted()
        return quants

    def write(self, vals):
        if STOCK_FIELDS.isdisjoint(vals):
            return super().write(vals)
        self._check_may_be_counted()
        result = super().write(vals)
        self._check_may_be_counted()
        return result

    def _check_may_be_counted(self):
        """Refuse that somebody changes held stock itself, beside all transfers.

        Odoo does so as the system; a person who calls it from outside counts.

        :raises HeldQuantityError: naming what holds it
        """
        if self.env.su:
            return
        for quant in self:
            held = self._held_by(quant.lot_id, quant.location_id, COUNT)
            if held:
                raise HeldQuantityError(quant, held)

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

        :param SQL condition: on stock_quant
        """
        self.env["stock.quant"].flush_model()
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

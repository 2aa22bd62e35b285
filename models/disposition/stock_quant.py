from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.movement import COUNT

#: What a quantity is, where, and of what: changing it by hand is counting.
STOCK_FIELDS = {
    *("product_id", "lot_id", "location_id", "package_id", "owner_id"),
    *("quantity", "reserved_quantity"),
}


# Holding is a subject of its own, beside how quants are chosen.
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

        :raises UserError: naming what holds it
        """
        if self.env.su:
            return
        for quant in self:
            held = quant.lot_id.sudo().disposition_id
            held |= quant.location_id.sudo().imposed_disposition_ids
            forbidding = held.filtered(lambda one: not one._allows(COUNT))
            if forbidding:
                raise UserError(
                    self.env._(
                        "%(lot)s in %(place)s is “%(disposition)s”, which does not "
                        "permit “Count”: nobody changes its quantity by hand.",
                        lot=quant.lot_id.name or quant.product_id.display_name,
                        place=quant.location_id.display_name,
                        disposition=forbidding[0].name,
                    )
                )

    # -- two people at once

    def _claim(self):
        """Let the later of two transactions that use this stock start anew.

        Neither sees what the other is about to commit. But whoever reserves or moves
        goods changes their quants; so do we, to the values that they have. PostgreSQL
        then waits for the other transaction and lets the later one fail with a
        serialization error, upon which Odoo repeats it on what is true by then.
        """
        self._claim_where(SQL("id = ANY(%s)", self.ids))

    @api.model
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

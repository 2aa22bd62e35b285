from odoo import api, models
from odoo.tools import SQL


class StockRemoval(models.AbstractModel):
    """Leaves alone what was in stock before, until somebody lets its dates act."""

    _inherit = "stock.removal"

    @api.model
    def _expired(self, need):
        expired = super()._expired(need)
        if not self.env["stock.lot"]._any_date_undecided():
            return expired
        return SQL(
            "%s AND %s IS NOT TRUE", expired, self._lot_column("is_date_undecided")
        )

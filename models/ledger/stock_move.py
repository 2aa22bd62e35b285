from odoo import api, models

from ..base.arguments import check_finite
from . import ledger

QUANTITIES = {"product_uom_qty", "quantity"}


class StockMove(models.Model):
    """What core writes on lines while it finishes their moves belongs to that."""

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_finite(self, vals, QUANTITIES)
        return super().create(vals_list)

    def write(self, vals):
        check_finite(self, vals, QUANTITIES)
        return super().write(vals)

    def _action_done(self, *args, **kwargs):
        with ledger.finishing(self.env.cr):
            return super()._action_done(*args, **kwargs)

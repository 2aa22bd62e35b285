from odoo import models

from . import ledger


class StockMove(models.Model):
    """What core writes on lines while it finishes their moves belongs to that."""

    _inherit = "stock.move"

    def _action_done(self, *args, **kwargs):
        with ledger.finishing(self.env.cr):
            return super()._action_done(*args, **kwargs)

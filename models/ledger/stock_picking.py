from odoo import models

from . import ledger


class StockPicking(models.Model):
    """What core writes on lines while it finishes their transfer belongs to that."""

    _inherit = "stock.picking"

    def _action_done(self):
        with ledger.finishing(self.env.cr):
            return super()._action_done()

    def button_validate(self):
        # Other apps complete lines after all that ``_action_done`` does.
        with ledger.finishing(self.env.cr):
            return super().button_validate()

from odoo import models

from . import ledger
from .exceptions import DoneStaysError


class StockPicking(models.Model):
    """What core writes on lines while it finishes their transfer belongs to that."""

    _inherit = "stock.picking"

    def _action_done(self):
        with ledger.finishing(self.env.cr):
            return super()._action_done()

    def write(self, vals):
        """What is done stays so, and with the company that did it.

        :raises DoneStaysError: naming the transfer
        """
        if not self.env.su and {"state", "company_id"} & vals.keys():
            for picking in self.sudo().filtered(lambda one: one.state == "done"):
                if vals.get("state", "done") != "done":
                    raise DoneStaysError(picking.with_env(self.env), "state")
                company_id = picking.company_id.id
                if vals.get("company_id", company_id) != company_id:
                    raise DoneStaysError(picking.with_env(self.env), "company_id")
        return super().write(vals)

    def button_validate(self):
        # Other apps complete lines after all that ``_action_done`` does.
        with ledger.finishing(self.env.cr):
            return super().button_validate()

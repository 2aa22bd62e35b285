from odoo import api, models

from ..base.deletion import with_guards_of_core
from . import ledger
from .exceptions import DoneStaysError, NotCarriedOutError


class StockPicking(models.Model):
    """What core writes on lines while it finishes their transfer belongs to that."""

    _inherit = "stock.picking"

    @api.model_create_multi
    def create(self, vals_list):
        pickings = super().create(vals_list)
        for picking in pickings:
            if picking.state == "done" and not picking._has_moved():
                raise NotCarriedOutError(picking)
        return pickings

    def unlink(self):
        return super(StockPicking, with_guards_of_core(self)).unlink()

    def _has_moved(self):
        # sudo: what is done is found whatever the user may read
        return "done" in self.sudo().move_ids.mapped("state")

    def _action_done(self):
        with ledger.finishing(self.env.cr):
            return super()._action_done()

    def write(self, vals):
        """What is done stays so, and with the company that did it.

        :raises DoneStaysError: naming the transfer
        :raises NotCarriedOutError: naming one that is not done by being called so
        """
        if vals.get("state") == "done":
            for picking in self.filtered(lambda one: one.state != "done"):
                raise NotCarriedOutError(picking)
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

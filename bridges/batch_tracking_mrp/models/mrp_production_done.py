from odoo import models

from odoo.addons.batch_tracking.models.base.deletion import (
    guards_deletion,
    with_guards_of_core,
)
from odoo.addons.batch_tracking.models.ledger import ledger
from odoo.addons.batch_tracking.models.ledger.company import check_company_stays
from odoo.addons.batch_tracking.models.ledger.exceptions import (
    DoneStaysError,
    NotCarriedOutError,
)


class MrpProduction(models.Model):
    """An order that is done stays done, and says of its batch what its lines say."""

    _inherit = "mrp.production"

    def write(self, vals):
        self._check_state_is_earned(vals)
        check_company_stays(self, vals, is_done=MrpProduction._has_carried_out)
        if "lot_producing_ids" not in vals or ledger.is_finishing(self.env.cr):
            return super().write(vals)
        done = self.filtered(lambda order: order.state == "done")
        before = {order: order.lot_producing_ids for order in done}
        result = super().write(vals)
        for order in done:
            if order.lot_producing_ids != before[order]:
                raise DoneStaysError(order, "lot_producing_ids")
        return result

    def _action_cancel(self):
        # Core calls an order done whose movements all are, when it is cancelled.
        with ledger.finishing(self.env.cr):
            return super()._action_cancel()

    def unlink(self):
        return super(MrpProduction, with_guards_of_core(self)).unlink()

    @guards_deletion
    def _unlink_except_carried_out(self):
        """The database deletes the moves with their order, also what was scrapped."""
        for order in self:
            if order._has_carried_out():
                raise DoneStaysError(order, "state")

    def _has_carried_out(self):
        # sudo: what is done is found whatever the user may read
        order = self.sudo()
        moves = order.move_raw_ids | order.move_finished_ids
        return "done" in moves.mapped("state")

    def _check_state_is_earned(self, vals):
        """Refuse to call orders done that nobody has finished, and to open them.

        :raises NotCarriedOutError: naming an order
        :raises DoneStaysError: naming an order that is done
        """
        if "state" not in vals:
            return
        for order in self:
            if order.state == "done" and vals["state"] != "done":
                raise DoneStaysError(order, "state")
            is_called_done = order.state != "done" and vals["state"] == "done"
            if is_called_done and not ledger.is_finishing(self.env.cr):
                raise NotCarriedOutError(order)

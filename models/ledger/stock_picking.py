from odoo import api, models

from ..base.characters import check_storable
from ..base.deletion import with_guards_of_core
from . import ledger
from .correction import correction_reason_field, reason_in
from .exceptions import DoneStaysError, NotCarriedOutError


class StockPicking(models.Model):
    """What core writes on lines while it finishes their transfer belongs to that."""

    _inherit = "stock.picking"

    correction_reason = correction_reason_field()

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

        What follows for its lines is for the reason that is given with it.

        :raises DoneStaysError: naming the transfer
        :raises NotCarriedOutError: naming one that is not done by being called so
        """
        check_storable(self, vals, ["correction_reason"])
        self._check_done_stays(vals)
        readdressed = self._done_with_other_partner(vals)
        before = {picking: picking.partner_id for picking in readdressed}
        with ledger.correcting(self.env.cr, reason_in(vals)):
            for picking in readdressed:
                picking._numbered_lines()._check_may_correct(
                    ledger.reason_given(self.env.cr)
                )
            result = super().write(vals)
            # What follows for the lines is computed for the same reason.
            readdressed.move_ids.move_line_ids.flush_recordset()
            for picking, partner in before.items():
                picking._note_other_partner(partner)
        return result

    def _done_with_other_partner(self, vals):
        """Return the done transfers that this says to have been somebody else's.

        Their moves follow by a stored compute, which nobody writes.
        """
        if "partner_id" not in vals:
            return self.browse()
        # sudo: what is done is found whatever the user may read
        return self.sudo().filtered(
            lambda picking: (
                picking.state == "done"
                and picking.partner_id.id != (vals["partner_id"] or False)
            )
        )

    def _numbered_lines(self):
        """Return the lines by which these transfers moved batches."""
        return self.move_ids.move_line_ids.filtered("lot_id").with_env(self.env)

    def _note_other_partner(self, partner):
        """Leave an event with what somebody else has sent than was told.

        What went to customers, or came from them, tells it itself: their consignee.
        """
        lines = self._numbered_lines().filtered(
            lambda line: (
                "customer"
                not in (line.location_id | line.location_dest_id).mapped("usage")
            )
        )
        reason = ledger.reason_given(self.env.cr)
        # sudo: whoever corrects leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(
            [
                line._note_correction(
                    line.lot_id,
                    self._fields["partner_id"],
                    partner.display_name or "",
                    self.partner_id.display_name or "",
                    reason,
                )
                for line in lines
            ]
        )

    def _check_done_stays(self, vals):
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

    def button_validate(self):
        # Other apps complete lines after all that ``_action_done`` does.
        with ledger.finishing(self.env.cr):
            return super().button_validate()

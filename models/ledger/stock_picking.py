from odoo import api, models

from ..base.characters import check_storable
from ..base.deletion import with_guards_of_core
from . import ledger
from .company import check_company_stays
from .correction import correction_reason_field, reason_in
from .exceptions import DoneStaysError, NotCarriedOutError

#: What a transfer tells for good once it is done: whose it was, and by which number.
TOLD_FIELDS = ("partner_id", "name")


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
        corrected, reason = self._done_told_otherwise(vals), reason_in(vals)
        if not (corrected or reason):
            return super().write(vals)
        before = {picking: picking._told() for picking in corrected}
        with ledger.correcting(self.env.cr, reason):
            for picking in corrected:
                picking._numbered_lines()._check_may_correct(
                    ledger.reason_given(self.env.cr)
                )
            result = super().write(vals)
            # What follows for the lines is computed for the same reason.
            corrected.move_ids.move_line_ids.flush_recordset()
            for picking, told in before.items():
                picking._note_told_otherwise(told)
        return result

    def _done_told_otherwise(self, vals):
        """Return the done transfers that this says to have been others, or others'.

        Whose they were, their moves follow by a stored compute, which nobody writes.
        """
        names = [name for name in TOLD_FIELDS if name in vals]
        if not names:
            return self.browse()
        # sudo: what is done is found whatever the user may read
        return self.sudo().filtered(
            lambda picking: (
                picking.state == "done"
                and any(
                    self._fields[name].convert_to_write(picking[name], picking)
                    != (vals[name] or False)
                    for name in names
                )
            )
        )

    def _told(self):
        """Return what the transfer tells, as people read it: ``{field: str}``."""
        return {"partner_id": self.partner_id.display_name or "", "name": self.name}

    def _numbered_lines(self):
        """Return the lines by which these transfers moved batches."""
        return self.move_ids.move_line_ids.filtered("lot_id").with_env(self.env)

    def _note_told_otherwise(self, before):
        """Leave an event with each batch of what is told otherwise than it was.

        :param dict before: ``_told()`` as it was
        """
        after, reason = self._told(), ledger.reason_given(self.env.cr)
        # sudo: whoever corrects leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(
            [
                line._note_correction(
                    line.lot_id, self._fields[name], before[name], after[name], reason
                )
                for line in self._numbered_lines()
                for name in TOLD_FIELDS
                if before[name] != after[name]
                and not (name == "partner_id" and line._tells_its_consignee())
            ]
        )

    def _check_done_stays(self, vals):
        if vals.get("state") == "done":
            for picking in self.filtered(lambda one: one.state != "done"):
                raise NotCarriedOutError(picking)
        check_company_stays(self, vals)
        if self.env.su or vals.get("state", "done") == "done":
            return
        for picking in self.filtered(lambda one: one.state == "done"):
            raise DoneStaysError(picking, "state")

    def button_validate(self):
        # Other apps complete lines after all that ``_action_done`` does.
        with ledger.finishing(self.env.cr):
            return super().button_validate()

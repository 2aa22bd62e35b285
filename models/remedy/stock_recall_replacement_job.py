from odoo import api, fields, models

from ..base.job import JobRun
from .bases import BASES
from .exceptions import NothingToReplaceError

CRON = "batch_tracking.ir_cron_recall_replace"
#: For so many lines replacements are prepared while the user waits.
AT_ONCE = 200
BATCH = 50


class StockRecallConsignee(models.Model):
    """Replacements for thousands are prepared by a job, which goes on where it was."""

    _inherit = "stock.recall.consignee"

    replace_due = fields.Selection(
        BASES, readonly=True, help="A job will prepare the replacement of so much."
    )
    replace_user_id = fields.Many2one(
        "res.users", readonly=True, help="With whose rights the job prepares it."
    )

    _replace_due_idx = models.Index("(recall_id) WHERE replace_due IS NOT NULL")

    def _replace_soon(self, basis, reserve=True):
        """Prepare replacements at once for some lines, by a job for many.

        :param bool reserve: let them take their goods as well, where they are few
        :return: stock.picking; None if the job does it
        :raises NothingToReplaceError: if nothing is left
        """
        self._check_may_replace()
        if len(self) <= AT_ONCE:
            pickings = self._replace(basis)
            if not pickings:
                raise NothingToReplaceError(self)
            if reserve:
                pickings.action_confirm()
                pickings.move_ids._reserve_again()
            return pickings
        left = self._left_to_make_good(basis)
        due = self.filtered(lambda row: left[row] and row.tier == 1)
        if not due:
            raise NothingToReplaceError(self)
        # sudo: only a recall's steps write its rows, and the right is checked
        due.sudo().write({"replace_due": basis, "replace_user_id": self.env.uid})
        # sudo: who replaces goods need not be allowed to change jobs
        self.env.ref(CRON).sudo()._trigger()
        return None

    @api.model
    def _cron_replace(self):
        """Prepare the replacements that somebody has asked for."""
        rows = self.search(
            [("replace_due", "!=", False)], order="recall_id, partner_id, id"
        )
        JobRun(self.env, CRON).do(rows, lambda some: some._replace_as_asked(), BATCH)

    def _replace_as_asked(self):
        """Prepare what is due with the rights of who has asked for it."""
        groups = self.grouped(
            lambda row: (row.replace_user_id, row.replace_due, row.company_id)
        )
        for (user, basis, company), rows in groups.items():
            asked = rows.with_user(user).with_context(
                allowed_company_ids=company.ids, lang=user.lang
            )
            asked._replace(basis)
            rows.write({"replace_due": False, "replace_user_id": False})

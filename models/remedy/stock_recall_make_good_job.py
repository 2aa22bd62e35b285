from odoo import api, fields, models

from ..base.job import JobRun
from ..reconcile.exceptions import NothingToReturnError
from .bases import BASES
from .exceptions import NothingToReplaceError

CRON = "batch_tracking.ir_cron_recall_replace"
#: For so many lines documents are prepared while the user waits.
AT_ONCE = 200
BATCH = 50
#: What is prepared for a line; bridges add their ways.
DELIVERY, RETURN = "delivery", "return"


class StockRecallConsignee(models.Model):
    """Documents for thousands are prepared by a job, which goes on where it was."""

    _inherit = "stock.recall.consignee"

    replace_due = fields.Selection(
        BASES, readonly=True, help="A job will make good so much."
    )
    due_way = fields.Char(
        readonly=True, help="What the job prepares; empty: replacement deliveries."
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
        if self._left_to_job(DELIVERY, basis):
            return None
        pickings = self._replace(basis)
        if not pickings:
            raise NothingToReplaceError(self)
        if reserve:
            pickings.action_confirm()
            pickings.move_ids._reserve_again()
        return pickings

    def _left_to_job(self, way, basis):
        """Let a job make good what is left, if that is more than one waits for.

        :return: whether it does
        :raises NothingToReplaceError: if nothing is left
        """
        if len(self) <= AT_ONCE:
            return False
        left = self._left_to_make_good(basis)
        due = self.filtered(lambda row: left[row] and row.tier == 1)
        if not due:
            raise NothingToReplaceError(self)
        due._ask_job(way, basis)
        return True

    def _ask_job(self, way, basis):
        # sudo: only a recall's steps write its rows, and the right is checked
        self.sudo().write(
            {"due_way": way, "replace_due": basis, "replace_user_id": self.env.uid}
        )
        # sudo: who makes goods good need not be allowed to change jobs
        self.env.ref(CRON).sudo()._trigger()

    def action_prepare_returns(self):
        if len(self) <= AT_ONCE:
            return super().action_prepare_returns()
        self._check_may_make_good()
        due = self._to_fetch()
        if not due:
            raise NothingToReturnError(self)
        due._ask_job(RETURN, "distributed")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "The returns of %s lines are being prepared: they come one after "
                    "the other, as returns of the deliveries.",
                    len(due),
                ),
                "type": "success",
            },
        }

    @api.model
    def _cron_replace(self):
        """Prepare what somebody has asked for."""
        rows = self.search(
            [("replace_due", "!=", False)], order="recall_id, partner_id, id"
        )
        JobRun(self.env, CRON).do(rows, lambda some: some._make_good_as_asked(), BATCH)

    def _make_good_as_asked(self):
        """Prepare what is due with the rights of who has asked for it."""
        groups = self.grouped(
            lambda row: (
                row.replace_user_id,
                row.due_way or DELIVERY,
                row.replace_due,
                row.company_id,
            )
        )
        for (user, way, basis, company), rows in groups.items():
            asked = rows.with_user(user).with_context(
                allowed_company_ids=company.ids, lang=user.lang
            )
            asked._make_good_by(way, basis)
            rows.write(
                {"due_way": False, "replace_due": False, "replace_user_id": False}
            )

    def _make_good_by(self, way, basis):
        """Prepare the documents of one way; bridges add theirs.

        What nothing is to be prepared for is left out, and no error.
        """
        if way == DELIVERY:
            self._replace(basis)
        elif way == RETURN:
            self._check_may_make_good()
            if pickings := self._prepare_returns():
                self._note_returns(pickings)

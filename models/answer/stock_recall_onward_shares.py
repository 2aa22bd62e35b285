from odoo import api, fields, models
from odoo.tools import email_normalize

from ...tools.answer.balance import is_none
from ...tools.figures import plain
from ...tools.words import says_something
from ..recall.exceptions import StepWithoutReasonError
from ..recall.kinds import OPEN_STATES


class StockRecallAnswerOnward(models.Model):
    """A name counts while the last answer has it, and nobody has dismissed it."""

    _inherit = "stock.recall.answer.onward"

    is_superseded = fields.Boolean(
        "No longer said",
        compute="_compute_is_superseded",
        store=True,
        help="A later answer of the same consignee tells of this batch otherwise.",
    )
    dismissed_reason = fields.Char(
        "Not asked because", readonly=True, help="Why nobody is asked under this name."
    )

    @api.depends("line_id.consignee_id.answer_line_ids")
    def _compute_is_superseded(self):
        for onward in self:
            naming = onward.line_id.consignee_id._naming_line()
            onward.is_superseded = onward.line_id != naming

    def _is_to_be_asked(self):
        return not (self.consignee_id or self.is_superseded or self.dismissed_reason)

    def _dismiss(self, reason):
        """Ask nobody under these names, and leave an event that says why.

        :raises StepWithoutReasonError: if nobody says why
        """
        reason = (reason or "").strip()
        for recall in self.recall_id:
            recall._check_step(*OPEN_STATES)
            if not says_something(reason):
                raise StepWithoutReasonError(recall)
        dismissed = self.filtered(lambda onward: onward._is_to_be_asked())
        # sudo: only recalls write what was told, and the right is checked
        dismissed.sudo().dismissed_reason = reason
        for recall, names in dismissed.grouped("recall_id").items():
            # An event is for ever: it names nobody whom goods were passed on to.
            recall._note_step(
                self.env._("Names that are not asked"),
                new=str(len(names)),
                reason=reason,
                lots=names.lot_id,
            )

    def _known_as(self):
        """Return what tells one of these from another: the address, or the name."""
        self.ensure_one()
        email = email_normalize(self.email or "")
        return email or " ".join((self.name or "").casefold().split())


class StockRecallConsignee(models.Model):
    """Those behind a row had as much as the row's last answer says."""

    _inherit = "stock.recall.consignee"

    def _keep_told(self, told, answer):
        result = super()._keep_told(told, answer)
        if self.child_ids:
            self._link_known_names()
            self._share_among_next()
        return result

    def _naming_line(self):
        """Return the answer whose names count: the last, or one before it.

        Who says how much was passed on, and not to whom, as on the phone, takes no name
        back.
        """
        self.ensure_one()
        lines = self.answer_line_ids.sorted("id", reverse=True)
        for line in lines:
            if line.onward_ids or is_none(line.passed_on):
                return line
        return lines[:1]

    def _link_known_names(self):
        """Let names that were said before mean whom they meant then."""
        known = {
            onward._known_as(): onward.consignee_id
            for onward in self.answer_line_ids.onward_ids
            if onward.consignee_id
        }
        for onward in self._naming_line().onward_ids:
            if not onward.consignee_id:
                onward.consignee_id = known.get(onward._known_as(), False)

    def _share_among_next(self):
        """Write anew how much those behind had, as the last answer says.

        Never more than it says was passed on: what nobody had, nobody brings back; and
        never less than has come in from them.
        """
        self.ensure_one()
        named = self.answer_line_ids.onward_ids.consignee_id
        left = self.passed_on
        for child in (self.child_ids & named).sorted("id"):
            share = max(min(self._said_share(child), left), child.received_back)
            left = max(0.0, left - share)
            if not is_none(share - child.delivered):
                child._change_share(share)

    def _said_share(self, child):
        """Return how much the last answer says; all, if it is the only one."""
        last = self._naming_line().onward_ids
        mine = last.filtered(lambda onward: onward.consignee_id == child)
        said = sum(mine.mapped("quantity"))
        return self.passed_on if mine and mine == last and is_none(said) else said

    def _change_share(self, share):
        """Let a row have had another quantity; where one was known, leave an event."""
        before, self.delivered = self.delivered, share
        if not before:
            return
        recall = self.recall_id._for_responsible()
        [who] = recall._named_in_history(self.partner_id)
        recall._note_step(
            recall.env._("Passed on to %s", who),
            old=plain(before),
            new=plain(share),
            lots=self.lot_id,
        )
        self._share_among_next()

from odoo import api, fields, models

from .exceptions import NobodyToApproveError, ProposalIsStaleError


class StockLotDecision(models.Model):
    """A decision that waits for a second person, and who is asked."""

    _inherit = "stock.lot.decision"

    proposed_permissions = fields.Json(
        help="What the disposition forbade when it was proposed, and who ended it."
    )
    proposed_events = fields.Json(
        help="The last change of each batch's disposition when it was proposed."
    )

    @api.model
    def _prepare_proposal(self, lots, disposition):
        """Return what must still be so when another person approves."""
        return {
            "proposed_permissions": disposition._holding(),
            "proposed_events": lots._disposition_event_ids(),
        }

    def _check_permits_as_proposed(self):
        """Refuse what would do something else than was proposed.

        :raises ProposalIsStaleError: if the disposition permits other things by now
        """
        known = self.proposed_permissions
        if known and known != self.disposition_id._holding():
            raise ProposalIsStaleError(self)

    @api.model
    def _propose_for(self, document, lots, disposition, reason):
        """Propose what an inspection says, for a quality manager to approve.

        Unlike ``_decide`` it refuses nothing: where nobody may approve yet, it waits.

        :param document: the record that says so; people read its name
        :return: the new stock.lot.decision
        """
        values = {
            **self._prepare_decision(lots, disposition, reason),
            **self._document_values(document),
            **self._prepare_proposal(lots, disposition),
            "state": "proposed",
        }
        # sudo: decisions are only ever written by themselves
        decision = self.sudo().create(values)
        decision._notify_approvers(decision._approvers())
        return decision

    def _ask_for_approval(self):
        """Ask the other quality managers of the company."""
        others = self._approvers()
        if not others:
            raise NobodyToApproveError(self.company_id)
        self._notify_approvers(others)

    def _approvers(self):
        return self.env["stock.lot"]._releasers(self.company_id) - self.user_id

    def _notify_approvers(self, users):
        for user in users:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Approve or refuse: %s", self.disposition_id.name),
                user_id=user.id,
            )

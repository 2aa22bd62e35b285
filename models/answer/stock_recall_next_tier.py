from odoo import models
from odoo.tools import email_normalize

from ..recall.kinds import OPEN_STATES


class StockRecallAnswerOnward(models.Model):
    """Those to whom goods were passed on become consignees of the next tier."""

    _inherit = "stock.recall.answer.onward"

    def action_add(self):
        """Make consignees of them: a partner with the same address, or a new one."""
        recalls = self.recall_id
        for recall in recalls:
            recall._check_step(*OPEN_STATES)
        for onward in self.filtered(lambda onward: onward._is_to_be_asked()):
            # sudo: only recalls write their rows, and the right is checked
            onward.sudo()._add()
        # sudo: as above; they get notices of their own
        recalls.sudo()._make_notices()

    def _add(self):
        self.ensure_one()
        row = self.line_id.consignee_id
        partner = self._find_partner() or self._make_partner()
        rows = self.env["stock.recall.consignee"]
        known = rows.search(
            [
                ("parent_id", "=", row.id),
                ("partner_id", "=", partner.id),
            ],
            limit=1,
        )
        self.consignee_id = known or rows.create(
            {
                "recall_id": row.recall_id.id,
                "partner_id": partner.id,
                "lot_id": row.lot_id.id,
                "tier": row.tier + 1,
                "parent_id": row.id,
                "version": row.recall_id.version,
                "date": self.line_id.date,
            }
        )
        row._share_among_next()
        what = self.env._("Consignee of tier %s", self.consignee_id.tier)
        [who] = self.recall_id._named_in_history(partner)
        self.recall_id._note_step(what, new=who, lots=row.lot_id)

    def _find_partner(self):
        partners = self.env["res.partner"]
        email = email_normalize(self.email or "")
        if not email:
            return partners
        return partners.search(
            [
                ("email_normalized", "=", email),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )

    def _make_partner(self):
        return self.env["res.partner"].create(
            {
                "name": self.name,
                "email": self.email,
                "phone": self.phone,
                "company_id": self.company_id.id,
            }
        )

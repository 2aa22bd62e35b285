from odoo import models
from odoo.tools import format_date

from ..base.ids import check_one


class StockLot(models.Model):
    """Decisions on top of a lot's form: until when one holds, which one waits."""

    _inherit = "stock.lot"

    def _banner_actions(self):
        actions = super()._banner_actions()
        # sudo: only its number is told; whoever may not read it gets no button
        decision = self.sudo().decision_id
        if decision and decision.sudo(False).has_access("read"):
            actions.append(
                {
                    "name": "action_open_decision",
                    "label": self.env._("Open the decision"),
                    "style": "btn-link",
                }
            )
        if self._may_decide_release():
            label = self.env._("Release")
            actions.append(
                {"name": "action_release", "label": label, "style": "btn-primary"}
            )
        return actions

    def _may_decide_release(self):
        """Tell whether the user releases the lot, and nothing waits for approval."""
        wizard = self.env["stock.lot.set.disposition"]
        return (
            self.is_restricted
            and wizard.has_access("create")
            and self._may_end_disposition()
            and not self._waiting_decision()
        )

    def _banner_notices(self):
        notices = super()._banner_notices()
        # sudo: until when it is held is no secret to who may see that it is
        held_by = self.sudo().decision_id
        if held_by.until_date and held_by.company_id in self.env.companies:
            text = self._until_text(held_by)
            notices.append({"text": text, "level": "info", "actions": []})
        if waiting := self._waiting_decision():
            notices.append(
                {
                    "text": self._waiting_text(waiting),
                    "level": "warning",
                    "actions": self._waiting_actions(waiting.sudo(False)),
                }
            )
        return notices

    def _waiting_decision(self):
        """Return the last decision about the lot that waits for approval, as sudo."""
        # sudo: that one waits is no secret to who may see the lot; own companies only
        return (
            self.env["stock.lot.decision"]
            .sudo()
            .search(
                [
                    ("lot_ids", "in", self.ids),
                    ("state", "=", "proposed"),
                    ("company_id", "in", self.env.companies.ids),
                ],
                limit=1,
            )
        )

    def _until_text(self, decision):
        day = format_date(self.env, decision.until_date, date_format="medium")
        if decision.ends_by == "release":
            return self.env._("It is held until %(day)s and released then.", day=day)
        return self.env._(
            "It is held until %(day)s; %(who)s is reminded then.",
            day=day,
            who=decision.user_id.name,
        )

    def _waiting_text(self, decision):
        others = self._releasers(decision.company_id) - decision.user_id
        words = {
            "disposition": decision.disposition_id.name,
            "who": decision.user_id.name,
            "when": self._moment_text(decision.date),
            "why": decision._why(),
            "approvers": self._people_label(others),
            "count": decision.lot_count,
        }
        if decision.lot_count > 1:
            return self.env._(
                "%(who)s proposed “%(disposition)s” for %(count)s batches on %(when)s: "
                "“%(why)s” It waits for the approval of %(approvers)s.",
                **words,
            )
        return self.env._(
            "%(who)s proposed “%(disposition)s” on %(when)s: “%(why)s” It waits for "
            "the approval of %(approvers)s.",
            **words,
        )

    def _waiting_actions(self, decision):
        if decision.has_access("read") and decision.may_approve:
            return [
                {
                    "name": "action_approve_decision",
                    "label": self.env._("Approve"),
                    "style": "btn-primary",
                },
                {
                    "name": "action_refuse_decision",
                    "label": self.env._("Refuse"),
                    "style": "btn-secondary",
                },
            ]
        return []

    # -- its buttons

    def action_release(self):
        """Open “Hold or release” with “Released” chosen."""
        check_one(self)
        action = self._open_wizard("stock.lot.set.disposition", self.env._("Release"))
        released = self._disposition("released")
        context = {**action["context"], "default_disposition_id": released.id}
        return {**action, "context": context}

    def action_open_decision(self):
        check_one(self)
        return self.decision_id._open()

    def action_approve_decision(self):
        """Approve what another person proposed about the lot."""
        check_one(self)
        return self._waiting_decision().sudo(False).action_approve()

    def action_refuse_decision(self):
        """Leave the lot as it is."""
        check_one(self)
        return self._waiting_decision().sudo(False).action_refuse()

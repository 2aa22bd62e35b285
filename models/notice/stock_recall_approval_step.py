from odoo import api, models


class StockRecall(models.Model):
    """Says on top of a recall which notices wait for approval, and what they lack."""

    _inherit = "stock.recall"

    @api.depends("notice_findings")
    def _compute_banner(self):
        return super()._compute_banner()

    def _next_steps(self):
        return [*super()._next_steps(), *self._approval_notices()]

    def _approval_notices(self):
        """Say how many notices wait for approval, and what they lack."""
        if not self._is_open() or not self.notice_draft_count:
            return []
        text = self.env._(
            "Notices that wait for approval: %s.", self.notice_draft_count
        )
        actions = []
        if self.notice_lacks:
            text = self.env._(
                "%(text)s Under “Notice contents”: %(missing)s",
                text=text,
                missing=" ".join(self.notice_lacks),
            )
        else:
            text = self.env._(
                "%s Nothing is missing: read them, then approve them.", text
            )
            show = {"name": "action_open_notices", "label": self.env._("Show")}
            actions = [{**show, "style": "btn-secondary"}]
        return [{"text": text, "level": "warning", "actions": actions}]

from odoo import models


class StockLot(models.Model):
    """Running recalls and drills on top of a lot's form."""

    _inherit = "stock.lot"

    def _banner_actions(self):
        """Offer the release of a recalled lot last: recalled is how it is to stay."""
        actions = super()._banner_actions()
        if self.disposition_id != self._disposition("recalled"):
            return actions
        return [{**action, "style": "btn-link"} for action in actions]

    def _banner_notices(self):
        notices = super()._banner_notices()
        # sudo: that a batch is recalled is no secret to who may see it; own companies
        lines = self.sudo().recall_line_ids.filtered(
            lambda line: (
                line.recall_id._is_open()
                and not line.is_cleared
                and line.company_id in self.env.companies
            )
        )
        return [*notices, *map(self._recall_notice, lines.recall_id)]

    def _recall_notice(self, recall):
        words = {
            "recall": recall.name,
            "when": self._moment_text(recall.date_start),
            "why": recall.reason,
        }
        if recall.is_drill:
            text = self.env._(
                "The drill %(recall)s reaches it, and stops nothing: “%(why)s”",
                **words,
            )
        else:
            text = self.env._(
                "It is recalled by %(recall)s since %(when)s: “%(why)s”", **words
            )
        level = "info" if recall.is_drill else "danger"
        return {"text": text, "level": level, "actions": self._recall_actions()}

    def _recall_actions(self):
        if not self.env["stock.recall"].has_access("read"):
            return []
        label = self.env._("Open the recall")
        action = {"name": "action_open_recalls", "label": label}
        return [{**action, "style": "btn-secondary"}]

from collections import defaultdict

from odoo import fields, models

from ...tools.answer.answers import Standing, replies_of

REPLIES = [
    ("none", "Not answered"),
    ("partial", "Answered in part"),
    ("complete", "Answered"),
]


class StockRecallNotice(models.Model):
    """A notice holds a link to the page on which its consignee answers."""

    _inherit = "stock.recall.notice"

    answer_state = fields.Selection(
        REPLIES, "Answer", compute="_compute_answer_state", compute_sudo=True
    )

    def _compute_answer_state(self):
        rows = self._rows_asked()
        replies = replies_of(
            Standing(key, row.id, row.net, has_answered=row.has_answered)
            for key, of_notice in rows.items()
            for row in of_notice
        )
        for notice in self:
            notice.answer_state = replies.get(notice.id, False)

    def _rows_asked(self):
        """Return the rows that a notice asks about, as ``{notice id: rows}``."""
        asking = self.filtered(lambda notice: notice.purpose == "consignee")
        rows = self.env["stock.recall.consignee"].search(
            [
                ("recall_id", "in", asking.recall_id.ids),
                ("addressee_id", "in", asking.partner_id.ids),
            ]
        )
        by_key = rows.grouped(lambda row: (row.recall_id, row.addressee_id))
        nothing = rows.browse()
        return {
            notice.id: by_key.get((notice.recall_id, notice.partner_id), nothing)
            for notice in asking
        }

    def _answer_url(self):
        """Return the link for a letter; none for who may only read the notice.

        Who has the link answers as the consignee.
        """
        recalls = self.env["stock.recall"]
        return self._answer_urls().get(self, "") if recalls._may_recall() else ""

    def _answer_urls(self):
        """Make a link for each notice: the one place where its token is known."""
        asking = self.filtered(
            lambda notice: (
                notice.partner_id
                and notice.purpose == "consignee"
                and not notice.is_drill
            )
        )
        if not asking or self.env["stock.recall"]._link_problem():
            return {}
        tokens = self.env["stock.recall.token"]._issue_all(
            [(notice.recall_id, notice.partner_id) for notice in asking]
        )
        base = asking[:1].get_base_url()
        return {
            notice: f"{base}/recall/{token}"
            for notice, token in zip(asking, tokens, strict=True)
        }

    def _unanswered(self):
        """Return those with a batch that nobody has answered for."""
        rows = self._rows_asked()
        waiting = defaultdict(bool)
        for notice_id, asked in rows.items():
            waiting[notice_id] = not all(asked.mapped("has_answered"))
        return (
            super()
            ._unanswered()
            .filtered(lambda notice: notice.id not in rows or waiting[notice.id])
        )

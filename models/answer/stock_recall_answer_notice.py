from odoo import api, fields, models


class StockRecallAnswer(models.Model):
    """An answer is bound to the notice that was seen."""

    _inherit = "stock.recall.answer"

    notice_id = fields.Many2one(
        "stock.recall.notice", "Notice seen", ondelete="set null", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._bind_notices()
        return answers

    def _bind_notices(self):
        """Write down the last notice that each consignee was sent."""
        notices = self.env["stock.recall.notice"].search(
            [
                ("recall_id", "in", self.recall_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("purpose", "=", "consignee"),
                ("notified_at", "!=", False),
            ],
            order="version, id",
        )
        last = {(notice.recall_id, notice.partner_id): notice for notice in notices}
        for answer in self:
            answer.notice_id = last.get((answer.recall_id, answer.partner_id))

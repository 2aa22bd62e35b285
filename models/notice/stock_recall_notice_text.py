from odoo import fields, models

from .kinds import PURPOSES


class StockRecallNoticeText(models.Model):
    """What all notices of a recall in one language say, as it was approved.

    It never changes: a later approval makes another one. Each notice adds its own
    batches.
    """

    _name = "stock.recall.notice.text"
    _description = "Approved Text of Recall Notices"
    _order = "id desc"
    _rec_name = "title"

    recall_id = fields.Many2one(
        "stock.recall", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    lang = fields.Char("Language", required=True, readonly=True)
    title = fields.Char(required=True, readonly=True)
    contents = fields.Json(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Approved by", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime("Approved", required=True, readonly=True)

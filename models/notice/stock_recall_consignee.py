from odoo import fields, models


class StockRecallConsignee(models.Model):
    """Who is told of it, and by which notice first."""

    _inherit = "stock.recall.consignee"

    addressee_id = fields.Many2one(
        "res.partner",
        "Notice goes to",
        readonly=True,
        ondelete="restrict",
        help="The delivery address or its company, as the recall tells them.",
    )
    notice_id = fields.Many2one(
        "stock.recall.notice",
        "First told by",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    cleared_notice_id = fields.Many2one(
        "stock.recall.notice",
        "Told that it is cleared by",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _addressee_idx = models.Index("(recall_id, addressee_id)")

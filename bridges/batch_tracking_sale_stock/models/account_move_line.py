from odoo import fields, models


class AccountMoveLine(models.Model):
    """A line of a credit note that a recall has asked for."""

    _inherit = "account.move.line"

    recall_row_id = fields.Many2one(
        "stock.recall.consignee",
        "Makes good",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The recalled goods that it credits.",
    )

from odoo import api, fields, models

from odoo.addons.batch_tracking.models.base.said import only_said

LINKS = ("recall_row_id",)


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

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([only_said(self, vals, LINKS) for vals in vals_list])

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

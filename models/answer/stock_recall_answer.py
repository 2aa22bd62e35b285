from odoo import api, fields, models

from ..base.deletion import guards_deletion
from .channels import CHANNELS, KINDS
from .exceptions import AnswerIsEvidenceError


class StockRecallAnswer(models.Model):
    """What a consignee has told of a recall at one time. The last answer counts.

    None is ever changed: who says something else gives another answer.
    """

    _name = "stock.recall.answer"
    _description = "Answer to a Recall"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Consignee", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    date = fields.Datetime("Answered", required=True, default=fields.Datetime.now)
    kind = fields.Selection(KINDS, "Says", required=True)
    channel = fields.Selection(CHANNELS, "By", required=True)
    user_id = fields.Many2one(
        "res.users", "Entered by", help="Empty: they have answered themselves."
    )
    version = fields.Integer(
        "Version seen", help="The version of the recall that they were told of."
    )
    key = fields.Char(
        help="One answer is sent once, however often a button is pressed."
    )
    # Who answers
    contact_name = fields.Char("Name")
    contact_function = fields.Char("Function")
    contact_phone = fields.Char("Phone")
    # What
    note = fields.Text("Remark")
    accepted_reason = fields.Char(
        "Accepted because",
        help="More is told than was delivered: why it was taken all the same.",
    )
    line_ids = fields.One2many("stock.recall.answer.line", "answer_id", "Batches")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Certificates and other files"
    )

    _key_uniq = models.UniqueIndex("(recall_id, partner_id, key) WHERE key IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AnswerIsEvidenceError(self)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise AnswerIsEvidenceError(self)
        return super().write(vals)

    @guards_deletion
    def _unlink_never(self):
        """Answers go with their recall, when that is kept no longer."""
        raise AnswerIsEvidenceError(self)

from odoo import api, fields, models

from ...tools.answer.ledger import told_of
from .exceptions import AnswerIsEvidenceError


class StockRecallAnswerLine(models.Model):
    """What a consignee has told of one batch at one time."""

    _name = "stock.recall.answer.line"
    _description = "Answer for a Batch"
    _order = "id desc"
    _rec_name = "lot_id"

    answer_id = fields.Many2one(
        "stock.recall.answer", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="answer_id.company_id", store=True)
    consignee_id = fields.Many2one(
        "stock.recall.consignee", required=True, ondelete="cascade", index=True
    )
    date = fields.Datetime(related="answer_id.date")
    kind = fields.Selection(related="answer_id.kind")
    contact_name = fields.Char(related="answer_id.contact_name")
    lot_id = fields.Many2one(related="consignee_id.lot_id")
    product_id = fields.Many2one(related="consignee_id.product_id")
    unit_id = fields.Many2one(related="consignee_id.unit_id")
    delivered = fields.Float(related="consignee_id.net", string="Received")
    on_hand = fields.Float("On hand, set apart", digits="Product Unit")
    used = fields.Float("Sold or used", digits="Product Unit")
    used_before = fields.Float("Of that, before the notice", digits="Product Unit")
    passed_on = fields.Float("Passed on", digits="Product Unit")
    returned = fields.Float("Sent back", digits="Product Unit")
    destroyed = fields.Float(digits="Product Unit")
    corrected = fields.Float(digits="Product Unit")
    not_located = fields.Float(digits="Product Unit")
    is_declined = fields.Boolean("Says it is not theirs")
    method = fields.Char("Destroyed how")
    day = fields.Date("Destroyed on")
    note = fields.Char("Remark")
    onward_ids = fields.One2many("stock.recall.answer.onward", "line_id", "Passed to")

    def _told(self):
        """Return it as a ``Told``, see ``tools/answer/ledger``."""
        self.ensure_one()
        return told_of(self)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AnswerIsEvidenceError(self)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise AnswerIsEvidenceError(self)
        return super().write(vals)

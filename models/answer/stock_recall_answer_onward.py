from odoo import fields, models


class StockRecallAnswerOnward(models.Model):
    """To whom a consignee says that they passed goods of a batch on.

    They are consignees of the next tier as soon as a recall manager says who they are.
    """

    _name = "stock.recall.answer.onward"
    _description = "Passed On to"
    _order = "id"

    line_id = fields.Many2one(
        "stock.recall.answer.line", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    recall_id = fields.Many2one(
        related="line_id.answer_id.recall_id", store=True, index=True
    )
    lot_id = fields.Many2one(related="line_id.lot_id")
    passed_by_id = fields.Many2one(
        related="line_id.answer_id.partner_id", string="Passed on by"
    )
    name = fields.Char(required=True, readonly=True)
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    consignee_id = fields.Many2one(
        "stock.recall.consignee",
        "Is a consignee as",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

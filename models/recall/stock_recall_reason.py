from odoo import fields, models


class StockRecallReason(models.Model):
    """Why batches are recalled, to choose from and to count by."""

    _name = "stock.recall.reason"
    _description = "Reason to Recall"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="For files that other systems read. Letters, digits and underscores.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("unique(code)", "Another reason has this code.")

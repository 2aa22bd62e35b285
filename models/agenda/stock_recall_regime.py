from odoo import fields, models


class StockRecallRegime(models.Model):
    """An authority or a standard that sets deadlines, for companies to choose."""

    _name = "stock.recall.regime"
    _description = "Rules for Recalls"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    rule_ids = fields.One2many(
        "stock.recall.deadline.rule", "regime_id", string="Deadlines"
    )

    _code_uniq = models.Constraint("unique(code)", "Other rules have this code.")

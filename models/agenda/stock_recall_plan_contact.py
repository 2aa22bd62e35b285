from odoo import fields, models


class StockRecallPlanContact(models.Model):
    """Whom to ring in a recall, at any hour."""

    _name = "stock.recall.plan.contact"
    _description = "Contact of a Recall Plan"
    _order = "sequence, id"

    plan_id = fields.Many2one("stock.recall.plan", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    function = fields.Char(help="Press, laboratory, lawyer, authority, insurer …")
    phone = fields.Char("24-hour phone", required=True)
    email = fields.Char()

from odoo import fields, models


class StockRecallPlan(models.Model):
    """How long a company knows who has answered its recalls."""

    _inherit = "stock.recall.plan"

    erase_months = fields.Integer(
        "Erase personal data after (months)",
        help="So long after a recall was closed, what it knows of people is erased: "
        "names, phones and mail addresses of who answered, and remarks. 0: only when "
        "somebody does it.",
    )

    _erase_months_positive = models.Constraint(
        "CHECK(erase_months >= 0)", "Nothing is erased before a recall is closed."
    )

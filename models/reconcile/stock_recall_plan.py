from odoo import fields, models

from ...tools.reconcile.drill import LIMITS

HOURS = [(str(hours), f"{hours} hours") for hours in LIMITS]


class StockRecallPlan(models.Model):
    """How fast a drill must be."""

    _inherit = "stock.recall.plan"

    drill_hours = fields.Selection(
        HOURS,
        "All reconciled within",
        default="4",
        help="Whoever takes longer in a drill writes down what is to be mended.",
    )

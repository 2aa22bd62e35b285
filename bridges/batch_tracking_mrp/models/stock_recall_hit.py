from odoo import fields, models


class StockRecallHit(models.Model):
    """A manufacturing order that lost components by a recall."""

    _inherit = "stock.recall.hit"

    kind = fields.Selection(
        selection_add=[("production", "Manufacturing order")],
        ondelete={"production": "cascade"},
    )

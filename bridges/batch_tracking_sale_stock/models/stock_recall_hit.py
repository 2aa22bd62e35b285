from odoo import fields, models


class StockRecallHit(models.Model):
    """A sales order whose goods a recall has stopped."""

    _inherit = "stock.recall.hit"

    kind = fields.Selection(
        selection_add=[("sale", "Sales order")], ondelete={"sale": "cascade"}
    )

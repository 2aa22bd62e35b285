from odoo import fields, models


class StockPickingType(models.Model):
    """Says whether its transfers number new lots by themselves."""

    _inherit = "stock.picking.type"

    batch_number_lots = fields.Boolean(
        "Number new batches",
        help="On validation, lines without a number get the next one of the product's "
        "batch pattern. Products without a pattern still want one typed.",
    )

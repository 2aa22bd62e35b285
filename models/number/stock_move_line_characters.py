from odoo import models

from ..base.characters import ReadableTexts


class StockMoveLine(ReadableTexts, models.Model):
    """What is typed for a lot that is to come can be read."""

    _inherit = "stock.move.line"
    READABLE = ("lot_name", "supplier_lot_name")

from odoo import models

from ..base.characters import ReadableTexts


class StockLot(ReadableTexts, models.Model):
    """What is typed of a lot can be read, and told from every other."""

    _inherit = "stock.lot"
    READABLE = ("name", "ref", "supplier_lot_name", "production_line")

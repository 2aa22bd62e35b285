from odoo import fields, models

from .wishes import WISHES


class StockRecallAnswer(models.Model):
    """An answer says what is wanted in place of the goods."""

    _inherit = "stock.recall.answer"

    wish = fields.Selection(WISHES, "Wants", help="In place of the recalled goods.")

from odoo import fields, models

from ...models.remedy.wishes import WISHES


class StockRecallAnswerEnter(models.TransientModel):
    """Enters what is wanted in place of the goods as well."""

    _inherit = "stock.recall.answer.enter"

    wish = fields.Selection(WISHES, "Wants")

    def _answer_values(self):
        return {**super()._answer_values(), "wish": self.wish}

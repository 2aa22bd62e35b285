from odoo import models


class StockPicking(models.Model):
    """Numbers new lots before anybody asks for them."""

    _inherit = "stock.picking"

    def button_validate(self):
        self.move_line_ids._number_lots()
        return super().button_validate()

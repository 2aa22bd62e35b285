from odoo import models


class StockPicking(models.Model):
    """Numbers new lots before anybody is asked to confirm anything."""

    _inherit = "stock.picking"

    def button_validate(self):
        self.move_line_ids._number_lots()
        return super().button_validate()

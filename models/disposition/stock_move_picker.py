from odoo import models


class StockMove(models.Model):
    """A move whose dialog of lines says what their lots are picked for."""

    _inherit = "stock.move"

    def action_show_details(self):
        action = super().action_show_details()
        if "context" in action:
            action["context"] = {**action["context"], "batch_move_id": self.id}
        return action

from odoo import fields, models
from odoo.fields import Command


class StockLotDecision(models.Model):
    """A decision keeps the moves that lost goods by it: they lead to orders."""

    _inherit = "stock.lot.decision"

    hit_move_ids = fields.Many2many(
        "stock.move", "stock_lot_decision_hit_rel", string="Moves hit", readonly=True
    )

    def _effect_values(self, change):
        return {
            **super()._effect_values(change),
            "hit_move_ids": [Command.set(sorted(change.move_ids))],
        }

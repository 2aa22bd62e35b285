from odoo import models


class StockRule(models.Model):
    """The next step of a replacement is one as well: picked, packed, then delivered."""

    _inherit = "stock.rule"

    def _push_prepare_move_copy_values(self, move_to_copy, new_date):
        values = super()._push_prepare_move_copy_values(move_to_copy, new_date)
        if not move_to_copy.recall_row_id:
            return values
        return {
            **values,
            "recall_id": move_to_copy.recall_id.id,
            "recall_row_id": move_to_copy.recall_row_id.id,
            "replaced_move_id": move_to_copy.replaced_move_id.id,
        }

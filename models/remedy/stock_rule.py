from odoo import models

from ..base.said import said
from .stock_move import LINKS


class StockRule(models.Model):
    """The next step of a replacement is one as well: picked, packed, then delivered."""

    _inherit = "stock.rule"

    def _push_prepare_move_copy_values(self, move_to_copy, new_date):
        values = super()._push_prepare_move_copy_values(move_to_copy, new_date)
        # sudo: who carries goods need not be allowed to read recalls
        moved = move_to_copy.sudo()
        if not moved.recall_row_id:
            return values
        return {
            **values,
            **{name: said(moved[name]) for name in LINKS},
        }

from odoo import models


class StockMove(models.Model):
    """What a replacement order delivers makes good what a recall took."""

    _inherit = "stock.move"

    def _replaces_recalled(self):
        # sudo: as above it, who reserves goods need not be allowed to read recalls
        ordered = (self | self._batch_last_move()).sudo().sale_line_id
        return bool(ordered.recall_row_id) or super()._replaces_recalled()

from odoo import models


class StockMove(models.Model):
    """What comes back of a recalled lot is counted with whom it came from."""

    _inherit = "stock.move"

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        lines = moves.move_line_ids
        came_back = lines.filtered(lambda line: line.consignment == "returned")
        if came_back.lot_id:
            self.env["stock.recall.consignee"]._count_returns(came_back.lot_id)
        return moves

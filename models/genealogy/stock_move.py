from odoo import models


class StockMove(models.Model):
    """Writes down which lots became which, when an operation is done."""

    _inherit = "stock.move"

    def _action_done(self, *args, **kwargs):
        moves = super()._action_done(*args, **kwargs)
        # Some modules pair lines before they are done, others afterwards.
        made = moves.filtered(lambda move: move._makes_or_consumes())
        self.env["stock.lot.link"]._sync(made.move_line_ids, fresh=True)
        return moves

    def _makes_or_consumes(self):
        """Tell whether lots may become others by this move."""
        return "production" in (self.location_id.usage, self.location_dest_id.usage)

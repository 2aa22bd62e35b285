from odoo import api, models


class StockMoveLine(models.Model):
    """Lines of movements change with the right on movements alone.

    Core lets every employee write lines, and counts on it that without a right on the
    move nobody gets so far. Whoever may look at batches may look at moves.
    """

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_move()
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_move()
        return super().write(vals)

    def unlink(self):
        self._check_may_move()
        return super().unlink()

    def _check_may_move(self):
        """Ask for the right to write moves.

        :raises AccessError: without it
        """
        self.env["stock.move"].check_access("write")

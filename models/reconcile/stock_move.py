from odoo import models


class StockMove(models.Model):
    """A move by which recalled goods come back."""

    _inherit = "stock.move"

    def _prepare_recalled_line(self, line, quantity):
        """Return the values of a line of the same lot as a delivered one.

        :param quantity: in the product's unit
        """
        unit = self.product_uom
        amount = self.product_id.uom_id._compute_quantity(quantity, unit)
        return {
            **self._prepare_move_line_vals(),
            "lot_id": line.lot_id.id,
            "quantity": amount,
            "product_uom_id": unit.id,
            "picked": False,
        }

from odoo import models


class AccountMove(models.Model):
    """An invoice whose lines are matched with those of its reversal."""

    _inherit = "account.move"

    def _goods_lines(self):
        """Return the lines with products, in the order in which a copy has them."""
        return self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        ).sorted("id")

from collections import defaultdict

from odoo import models


class StockPicking(models.Model):
    """A delivery of which recalled goods come back."""

    _inherit = "stock.picking"

    def _prepare_recall_return(self, lines):
        """Return a new transfer that brings back some of what this one delivered.

        :param lines: ``[(stock.move.line, quantity in the product's unit)]``
        """
        self.ensure_one()
        by_move = defaultdict(float)
        for line, quantity in lines:
            by_move[line.move_id] += quantity
        wizard = self.env["stock.return.picking"].create({"picking_id": self.id})
        for each in wizard.product_return_moves:
            product = each.product_id.uom_id
            wanted = by_move.get(each.move_id, 0.0)
            each.quantity = product._compute_quantity(
                wanted, each.uom_id, rounding_method="HALF-UP"
            )
        picking = wizard._create_return()
        picking._say_which_lots(lines)
        return picking

    def _say_which_lots(self, lines):
        """Let a return expect the lots that went out by its delivery, and no others."""
        self.do_unreserve()
        expected = self.env["stock.move.line"]
        for move in self.move_ids:
            source = move.origin_returned_move_id
            expected.create(
                [
                    move._prepare_recalled_line(line, quantity)
                    for line, quantity in lines
                    if line.move_id == source
                ]
            )

from odoo import models


class StockMove(models.Model):
    """Keeps what a till has sold of a held batch open, until somebody decides.

    The sale itself must not be lost: it is paid. So its other goods leave, and the
    held ones stay in a transfer that waits and says why.
    """

    _inherit = "stock.move"

    def _add_mls_related_to_order(self, related_order_lines, are_qties_done=True):
        held_lines, held = related_order_lines._of_held_lots(self.location_id)
        lines = related_order_lines - held_lines
        only_held = held_lines.product_id - lines.product_id
        moves = self.filtered(lambda move: move.product_id not in only_held)
        # Confirming has reserved other lots for them, which nobody has sold.
        (self - moves)._do_unreserve()
        self.picking_id._tell_held_sale(held)
        return super(StockMove, moves)._add_mls_related_to_order(
            lines, are_qties_done=are_qties_done
        )

from odoo import models


class StockMove(models.Model):
    """Whom a move sends goods to."""

    _inherit = "stock.move"

    def _received_by(self):
        """Return who received what this move delivered."""
        if self.location_id.usage == "supplier" and (addressee := self._addressee()):
            return addressee
        return self.picking_id.partner_id or self.partner_id

    def _addressee(self):
        """Return to whom a supplier sends goods: its transfer names the supplier."""
        if "sale_line_id" not in self._fields:
            return self.partner_id
        return self.sale_line_id.order_id.partner_shipping_id or self.partner_id

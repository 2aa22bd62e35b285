from odoo import api, models

from .numbering import with_numbering


class StockMove(models.Model):
    """Says whose numbers are generated, wherever core generates a series."""

    _inherit = "stock.move"

    def _generate_serial_numbers(
        self, next_serial, next_serial_count=False, location_id=False
    ):
        known = self._with_numbering(self.product_id.id, self.picking_type_id)
        return super(StockMove, known)._generate_serial_numbers(
            next_serial, next_serial_count, location_id
        )

    @api.model
    def action_generate_lot_line_vals(
        self, context_data, mode, first_lot, count, lot_text
    ):
        picking_type = self.env["stock.picking.type"].browse(
            context_data.get("default_picking_type_id") or []
        )
        # The number tells its codes, and a client may name whichever it likes.
        picking_type.check_access("read")
        product_id = context_data.get("default_product_id")
        known = self._with_numbering(product_id, picking_type)
        return super(StockMove, known).action_generate_lot_line_vals(
            context_data, mode, first_lot, count, lot_text
        )

    def _with_numbering(self, product_id, picking_type):
        """Return the moves, knowing what is numbered and where."""
        codes = picking_type._batch_codes()
        return with_numbering(self, product_id=product_id or 0, codes=codes)

from odoo import api, models


# Generating numbers is a subject of its own, beside what a move is for.
class StockMove(models.Model):
    """Says whose numbers are generated, wherever core generates a series."""

    _inherit = "stock.move"

    def _generate_serial_numbers(
        self, next_serial, next_serial_count=False, location_id=False
    ):
        numbering = self._numbering(self.product_id.id, self.picking_type_id.id)
        return super(StockMove, numbering)._generate_serial_numbers(
            next_serial, next_serial_count, location_id
        )

    @api.model
    def action_generate_lot_line_vals(
        self, context_data, mode, first_lot, count, lot_text
    ):
        numbering = self._numbering(
            context_data.get("default_product_id"),
            context_data.get("default_picking_type_id"),
        )
        return super(StockMove, numbering).action_generate_lot_line_vals(
            context_data, mode, first_lot, count, lot_text
        )

    def _numbering(self, product_id, picking_type_id):
        """Return the moves, with what ``ir.sequence`` must know in their context."""
        return self.with_context(
            batch_product_id=product_id, batch_picking_type_id=picking_type_id
        )

from odoo import fields, models


class StockPickingType(models.Model):
    """Says whether new lots are numbered, and what numbers may say of the place."""

    _inherit = "stock.picking.type"

    batch_number_lots = fields.Boolean(
        "Number new batches",
        help="On validation, lines without a number get the next one of the product's "
        "batch pattern. Products without a pattern still want one typed.",
    )

    def _batch_codes(self):
        """Return where a transfer is made, by the fields of a batch pattern."""
        # sudo: a number needs no right to read warehouses
        own = self.sudo()
        codes = {"warehouse": own.warehouse_id.code, "operation": own.sequence_code}
        return {name: code for name, code in codes.items() if code}

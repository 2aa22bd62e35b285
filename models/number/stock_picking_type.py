from odoo import fields, models


class StockPickingType(models.Model):
    """Says whose numbers new lots have, and whether people may choose another lot."""

    _inherit = "stock.picking.type"

    batch_number_lots = fields.Boolean(
        "Number new batches",
        help="On validation, lines without a number get the next one of the product's "
        "batch pattern. Products without a pattern still want one typed.",
    )
    removal_override = fields.Selection(
        [
            ("free", "Free"),
            ("logged", "Logged"),
            ("reason", "Only with a reason"),
        ],
        "Another batch than due",
        default="logged",
        required=True,
        help="What happens when people deliver or use another batch than the one the "
        "removal strategy chose.",
    )

    def _batch_codes(self):
        """Return where a transfer is made, by the fields of a batch pattern."""
        # sudo: a number needs no right to read warehouses
        own = self.sudo()
        codes = {"warehouse": own.warehouse_id.code, "operation": own.sequence_code}
        return {name: code for name, code in codes.items() if code}

from odoo import fields, models

#: What becomes of the number that a supplier has given to a batch.
BESIDE, OURS = "beside", "ours"
SUPPLIER_NUMBER = [
    (BESIDE, "Stays beside our own number"),
    (OURS, "Becomes our number"),
]


class StockPickingType(models.Model):
    """Says what becomes of suppliers' numbers."""

    _inherit = "stock.picking.type"

    batch_supplier_number = fields.Selection(
        SUPPLIER_NUMBER,
        "Supplier's batch number",
        default=BESIDE,
        required=True,
        help="What becomes of the number that the supplier has given to a batch. A "
        "product may say otherwise.",
    )

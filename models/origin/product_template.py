from odoo import fields, models

from .stock_picking_type import SUPPLIER_NUMBER


class ProductTemplate(models.Model):
    """Says of one product what becomes of its suppliers' numbers."""

    _inherit = "product.template"

    batch_supplier_number = fields.Selection(
        SUPPLIER_NUMBER,
        "Supplier's batch number",
        help="What becomes of the number that the supplier has given to a batch. "
        "Empty: as the operation type says. Traceability law asks receivers to keep "
        "the supplier's traceability lot code: let it become yours.",
    )

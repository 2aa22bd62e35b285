from odoo import api, fields, models

from .batch_code import check_batch_code


class ProductCategory(models.Model):
    """Chooses the batch numbers of its products, unless they choose their own."""

    _inherit = "product.category"

    batch_sequence_id = fields.Many2one(
        "ir.sequence",
        "Batch numbers",
        domain=[("batch_pattern", "!=", False)],
        help="Pattern for the batches of all products of this category and of those "
        "below it. A product's own choice wins.",
    )
    batch_code = fields.Char(
        help="How batch numbers call products of this category that have no code."
    )

    @api.constrains("batch_code")
    def _check_batch_code(self):
        check_batch_code(self)

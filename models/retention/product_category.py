from odoo import fields, models


class ProductCategory(models.Model):
    """Says how long batches of its products are kept."""

    _inherit = "product.category"

    batch_retention_id = fields.Many2one(
        "stock.lot.retention",
        "Keep batches for",
        ondelete="restrict",
        help="How long batches of this category, and of those below it, cannot be "
        "deleted once they have a history. Empty: as the company's settings say.",
    )

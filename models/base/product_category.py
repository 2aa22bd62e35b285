from odoo import api, fields, models

from ..number.product_template import check_batch_code


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
    batch_retention_id = fields.Many2one(
        "stock.lot.retention",
        "Keep batches for",
        ondelete="restrict",
        help="How long batches of this category, and of those below it, cannot be "
        "deleted once they have a history. Empty: as the company's settings say.",
    )

    removal_note = fields.Text(related="removal_strategy_id.note")

    @api.constrains("batch_code")
    def _check_batch_code(self):
        check_batch_code(self)

    def write(self, vals):
        if "parent_id" in vals:
            self.env.registry.clear_cache()  # customers ask by category
        return super().write(vals)

    def _batch_ancestry(self):
        """Yield the category and those above it, nearest first."""
        category = self
        while category:
            yield category
            category = category.parent_id

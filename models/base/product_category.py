from odoo import models


class ProductCategory(models.Model):
    """Whatever a category says of batches holds for those below it as well."""

    _inherit = "product.category"

    def _batch_ancestry(self):
        """Yield the category and those above it, nearest first."""
        category = self
        while category:
            yield category
            category = category.parent_id

from odoo import models

#: Of a product with more batches, the latest are shown.
LOTS_SHOWN = 200


class ProductProduct(models.Model):
    """From a product to the genealogy of its batches."""

    _inherit = "product.product"

    def action_genealogy(self):
        """Open the genealogy of the latest lots of these products."""
        lots = self.env["stock.lot"].search(
            [("product_id", "in", self.ids)], order="id desc", limit=LOTS_SHOWN
        )
        return lots.action_genealogy()

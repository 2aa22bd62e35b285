from odoo import models


class ProductProduct(models.Model):
    """Finds the removal strategy that somebody has chosen for a product."""

    _inherit = "product.product"

    def _removal_strategy(self):
        """Return the product.removal of the product or its nearest category, or none.

        ``method`` is as it is stored, whatever the language.
        """
        chosen = self.removal_strategy_id
        if not chosen:
            # sudo: who reserves need not read categories and strategies
            for category in self.sudo().categ_id._batch_ancestry():
                chosen = category.removal_strategy_id
                if chosen:
                    break
        return chosen and chosen.sudo().with_context(lang=None)

from odoo import models


class ProductProduct(models.Model):
    """What batch numbers may say of a product."""

    _inherit = "product.product"

    def _batch_sequence(self):
        """Return the ir.sequence with the batch pattern of a product, or none.

        The product's own sequence wins, be it patterned or plain; then the nearest
        category that has chosen a pattern.
        """
        # sudo: numbering a lot needs no right to read sequences
        own = self.sudo().lot_sequence_id
        if own.batch_pattern:
            return own
        if own and own != self.env.ref("stock.sequence_production_lots", False):
            return own.browse()
        for category in self.sudo().categ_id._batch_ancestry():
            if category.batch_sequence_id.batch_pattern:
                return category.batch_sequence_id
        return own.browse()

    def _batch_code(self):
        """Return how batch numbers call a product, '' when nobody has said."""
        codes = [self.batch_code]
        codes += [category.batch_code for category in self.categ_id._batch_ancestry()]
        return next((code for code in codes if code), "")

    def _batch_attribute_codes(self):
        """Return ``{"attribute:<name>": code}`` of a variant."""
        values = self.product_template_attribute_value_ids.product_attribute_value_id
        values |= (
            self.product_tmpl_id.valid_product_template_attribute_line_ids.filtered(
                lambda line: len(line.value_ids) == 1
            ).value_ids
        )
        named = values.filtered("batch_code").with_context(lang=None)
        return {f"attribute:{v.attribute_id.name}": v.batch_code for v in named}

from odoo import fields, models


class ProductCategory(models.Model):
    """Shows what one should know of its removal strategy."""

    _inherit = "product.category"

    removal_note = fields.Text(related="removal_strategy_id.note")

    def write(self, vals):
        if "parent_id" in vals:
            self.env.registry.clear_cache()  # customers ask by category
        return super().write(vals)

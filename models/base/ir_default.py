from odoo import api, models


class IrDefault(models.Model):
    """Anybody keeps defaults for himself; not of what our methods alone say."""

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        found = super()._get_model_defaults(model_name, condition=condition)
        if not found:
            return found
        own = self.env[model_name]._own_fields()
        return {name: value for name, value in found.items() if name not in own}

from odoo import models


class ResPartner(models.Model):
    """A contact by whose clock a company, or a user, works."""

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env.registry.clear_cache()  # of ``res.company._zone_name``
        return result

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Lets administrators have holds and releases signed."""

    _inherit = "res.config.settings"

    batch_sign = fields.Boolean(related="company_id.batch_sign", readonly=False)

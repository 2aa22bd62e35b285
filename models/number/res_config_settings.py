from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Lets administrators choose when the production day begins."""

    _inherit = "res.config.settings"

    batch_day_start = fields.Float(related="company_id.batch_day_start", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    batch_day_start = fields.Float(related="company_id.batch_day_start", readonly=False)
    batch_release_four_eyes = fields.Boolean(
        related="company_id.batch_release_four_eyes", readonly=False
    )
    batch_sign = fields.Boolean(related="company_id.batch_sign", readonly=False)
    batch_retention_id = fields.Many2one(
        related="company_id.batch_retention_id", readonly=False
    )

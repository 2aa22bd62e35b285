from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Lets administrators choose how long batches are kept."""

    _inherit = "res.config.settings"

    batch_retention_id = fields.Many2one(
        related="company_id.batch_retention_id", readonly=False
    )

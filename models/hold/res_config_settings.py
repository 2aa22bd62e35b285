from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Lets administrators ask for two people."""

    _inherit = "res.config.settings"

    batch_release_four_eyes = fields.Boolean(
        related="company_id.batch_release_four_eyes", readonly=False
    )
    batch_lowering_note = fields.Char(related="company_id.batch_lowering_note")

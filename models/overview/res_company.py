from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    batch_hide_first_steps = fields.Boolean(
        "Hide the first steps",
        help="The overview of batches does not show how to begin.",
    )

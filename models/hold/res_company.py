from odoo import fields, models


class ResCompany(models.Model):
    """Says whether releasing takes two people."""

    _inherit = "res.company"

    batch_release_four_eyes = fields.Boolean(
        "Two people release",
        help="One quality manager proposes to release a held batch, another one "
        "approves it.",
    )

    def _audited_settings(self):
        return [*super()._audited_settings(), "batch_release_four_eyes"]

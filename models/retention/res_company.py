from odoo import fields, models


class ResCompany(models.Model):
    """Says how long batches are kept."""

    _inherit = "res.company"

    batch_retention_id = fields.Many2one(
        "stock.lot.retention",
        "Keep batches for",
        ondelete="restrict",
        help="How long batches that have a history cannot be deleted. Empty: for ever. "
        "A product category may say something else.",
    )

    def _audited_settings(self):
        return [*super()._audited_settings(), "batch_retention_id"]

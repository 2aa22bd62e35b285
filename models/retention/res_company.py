from odoo import fields, models

from .stock_lot_retention_shortening import check_may_shorten


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

    def write(self, vals):
        if "batch_retention_id" not in vals:
            return super().write(vals)
        before = {company: company.sudo().batch_retention_id for company in self}
        result = super().write(vals)
        for company, term in before.items():
            if company.sudo().batch_retention_id._keeps_less_than(term):
                check_may_shorten(company)
        return result

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Each consignee keeps the check of whether they had understood."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _told_apart_by(self):
        return [*super()._told_apart_by(), "stock.recall.check"]

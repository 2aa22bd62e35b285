from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Each consignee keeps the notice that they got."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _told_apart_by(self):
        return [*super()._told_apart_by(), "stock.recall.notice"]

from odoo import api, fields, models


class BaseModuleUninstall(models.TransientModel):
    """Says before the app goes which removal strategies go with it."""

    _inherit = "base.module.uninstall"

    batch_lost_strategies = fields.Text(compute="_compute_batch_lost_strategies")

    @api.depends("module_ids")
    def _compute_batch_lost_strategies(self):
        lost = self.env["product.removal"]._lost_on_uninstall()
        for wizard in self:
            names = wizard._get_modules().mapped("name")
            wizard.batch_lost_strategies = "batch_tracking" in names and lost

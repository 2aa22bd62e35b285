from odoo import api, models

from .deletion import uninstalling


class IrModelData(models.Model):
    """Odoo's own deletions are told apart from those that only say they are."""

    _inherit = "ir.model.data"

    @api.model
    def _module_data_uninstall(self, modules_to_remove):
        with uninstalling(self.env.cr):
            return super()._module_data_uninstall(modules_to_remove)

    @api.model
    def _process_end(self, modules):
        # What the new version of an app brings no more goes with its update.
        with uninstalling(self.env.cr):
            return super()._process_end(modules)

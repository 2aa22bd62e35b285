from odoo import api, models

#: What each optional app needs of us, or is followed only in part: app -> addon.
BRIDGES = {
    "mrp": "batch_tracking_mrp",
    "point_of_sale": "batch_tracking_point_of_sale",
    "purchase_stock": "batch_tracking_purchase_stock",
    "repair": "batch_tracking_repair",
    "sale_stock": "batch_tracking_sale_stock",
    "stock_account": "batch_tracking_stock_account",
}


class IrModuleModule(models.Model):
    """Knows which apps are here without the addon that follows batches in them."""

    _inherit = "ir.module.module"

    @api.model
    def _missing_batch_bridges(self):
        """Return the addons that should be loaded and are not: ``{app: addon}``."""
        loaded = self.env.registry._init_modules
        return {
            app: bridge
            for app, bridge in BRIDGES.items()
            if app in loaded and bridge not in loaded
        }

    @api.model
    def _missing_batch_bridges_message(self):
        """Return which addons are missing and how they come, '' if none is."""
        missing = self._missing_batch_bridges()
        if not missing:
            return ""
        # sudo: the names of apps, which every menu shows
        apps = self.sudo().search([("name", "in", list(missing))])
        return self.env._(
            "Batches are not followed everywhere: %(apps)s is used without "
            "%(bridges)s. Put the folder “bridges” of Batch Tracking on the addons "
            "path, update the list of apps, and install what is missing.",
            apps=", ".join(apps.sorted("name").mapped("shortdesc")),
            bridges=", ".join(sorted(missing.values())),
        )

from odoo import api, models

from .view_groups import STOCK_USER, set_groups

#: What Repairs puts on a transfer.
REPAIRS = {"repair_ids": STOCK_USER, "action_view_repairs": STOCK_USER}


class StockPicking(models.Model):
    """A transfer that people see who have no right on Inventory."""

    _inherit = "stock.picking"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            set_groups(arch, REPAIRS)
        return arch, view

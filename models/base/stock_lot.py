from odoo import api, models

from .view_groups import STOCK_USER, set_groups

#: What other apps put on a batch, and who may open what is behind it: they count on it
#: that whoever sees a batch works in Inventory.
BUTTONS = {
    "action_view_po": f"{STOCK_USER},purchase.group_purchase_user",
    "action_view_so": f"{STOCK_USER},sales_team.group_sale_salesman",
    "action_view_ro": STOCK_USER,
    "action_lot_open_repairs": STOCK_USER,
}
TRACEABILITY = "stock.action_stock_report"


class StockLot(models.Model):
    """A batch that people see who have no right on Inventory."""

    _inherit = "stock.lot"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            report = str(self.env.ref(TRACEABILITY).id)
            set_groups(arch, {**BUTTONS, report: STOCK_USER})
        return arch, view

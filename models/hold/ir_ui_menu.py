from odoo import models

#: What whoever releases finds under another name.
FOR_CLERKS = ("stock_lot_put_on_hold_menu", "stock_lot_put_on_hold_stock_menu")


class IrUiMenu(models.Model):
    """The entry that opens holds is named after what the user may do."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        if self.env["stock.lot"]._may_release():
            hidden += [self.env.ref(f"batch_tracking.{name}").id for name in FOR_CLERKS]
        return hidden

from odoo import api, models

from odoo.addons.batch_tracking.models.ledger import ledger


class MrpUnbuild(models.Model):
    """What was taken apart is told by its order as well: it stays as it was done."""

    _name = "mrp.unbuild"
    _inherit = ["mrp.unbuild", "stock.done.document"]

    def action_unbuild(self):
        # Core pairs what it took apart with what it won when both are done.
        with ledger.finishing(self.env.cr):
            return super().action_unbuild()

    @api.model
    def _told_when_done(self):
        return super()._told_when_done() | {
            "bom_id",
            "location_dest_id",
            "location_id",
            "lot_id",
            "mo_id",
            "name",
            "product_id",
            "product_qty",
            "product_uom_id",
        }

from odoo import api, models

from . import ledger


class StockScrap(models.Model):
    """What was scrapped is told by its document as well: it stays as it was done."""

    _name = "stock.scrap"
    _inherit = ["stock.scrap", "stock.done.document"]

    def do_scrap(self):
        with ledger.finishing(self.env.cr):
            return super().do_scrap()

    @api.model
    def _told_when_done(self):
        return super()._told_when_done() | {
            "date_done",
            "location_id",
            "lot_id",
            "name",
            "owner_id",
            "package_id",
            "picking_id",
            "product_id",
            "product_uom_id",
            "scrap_location_id",
            "scrap_qty",
            # Of Manufacturing, where it is installed
            "production_id",
            "workorder_id",
        }

from odoo import api, models

from odoo.addons.batch_tracking.models.ledger import ledger
from odoo.addons.batch_tracking.models.number.numbering import with_numbering


class RepairOrder(models.Model):
    """Tells the batch number which product is repaired, and where.

    What parts went into what is told by its order as well: it stays as it was done.
    """

    _name = "repair.order"
    _inherit = ["repair.order", "stock.done.document"]

    def action_generate_serial(self):
        repair = with_numbering(
            self,
            product_id=self.product_id.id,
            company_id=self.company_id.id,
            codes=self.picking_type_id._batch_codes(),
        )
        return super(RepairOrder, repair).action_generate_serial()

    def action_repair_done(self):
        with ledger.finishing(self.env.cr):
            return super().action_repair_done()

    @api.model
    def _told_when_done(self):
        return super()._told_when_done() | {
            "lot_id",
            "move_id",
            "name",
            "product_id",
            "product_location_dest_id",
            "product_location_src_id",
            "product_qty",
            "product_uom",
        }

from odoo import models


class RepairOrder(models.Model):
    """Tells the batch number which product is repaired, and where."""

    _inherit = "repair.order"

    def action_generate_serial(self):
        repair = self.with_context(
            batch_product_id=self.product_id.id,
            batch_picking_type_id=self.picking_type_id.id,
        )
        return super(RepairOrder, repair).action_generate_serial()

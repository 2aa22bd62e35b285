from odoo import models


class RepairOrder(models.Model):
    """Tells the batch number which product is repaired, and where."""

    _inherit = "repair.order"

    def action_generate_serial(self):
        repair = self.with_context(
            batch_product_id=self.product_id.id,
            batch_codes=self.picking_type_id._batch_codes(),
        )
        return super(RepairOrder, repair).action_generate_serial()

from odoo import models

from odoo.addons.batch_tracking.models.base.deletion import with_guards_of_core
from odoo.addons.batch_tracking.models.ledger.company import check_company_stays
from odoo.addons.batch_tracking.models.number.numbering import with_numbering


class RepairOrder(models.Model):
    """Tells the batch number which product is repaired, and where."""

    _inherit = "repair.order"

    def action_generate_serial(self):
        repair = with_numbering(
            self,
            product_id=self.product_id.id,
            company_id=self.company_id.id,
            codes=self.picking_type_id._batch_codes(),
        )
        return super(RepairOrder, repair).action_generate_serial()

    def write(self, vals):
        check_company_stays(self, vals)
        return super().write(vals)

    def unlink(self):
        # What parts went into what is told by its order as well: core keeps it.
        return super(RepairOrder, with_guards_of_core(self)).unlink()

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.batch_tracking.models.number.numbering import with_numbering


class MrpProductionSerials(models.TransientModel):
    """Serial numbers in bulk, by the product's pattern."""

    _inherit = "mrp.production.serials"

    @api.depends("production_id")
    def _compute_lot_name(self):
        result = super()._compute_lot_name()
        for wizard in self:
            production = wizard.production_id
            sequence = production.product_id._batch_sequence()
            if sequence and not production.lot_producing_ids:
                wizard.lot_name = wizard._peek(sequence, production)
        return result

    def _peek(self, sequence, production):
        """Return the number that would be next, or False where none can be given.

        Why not is said when the numbers are asked for.
        """
        known = production._batch_numbering()
        try:
            return sequence._peek(
                production.product_id, known["date"], 1, codes=known["codes"]
            )[0]
        except UserError:
            return False

    def action_generate_serial_numbers(self):
        known = with_numbering(self, **self.production_id._batch_numbering())
        return super(MrpProductionSerials, known).action_generate_serial_numbers()

    def action_apply(self):
        """Give new serial numbers what is known of their production."""
        known = self.production_id.lot_producing_ids
        result = super().action_apply()
        (self.production_id.lot_producing_ids - known).write(
            self.production_id._batch_origin()
        )
        return result

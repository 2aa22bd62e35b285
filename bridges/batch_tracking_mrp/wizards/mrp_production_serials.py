from odoo import api, models
from odoo.exceptions import UserError


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
        numbering = sequence.with_context(**production._batch_numbering())
        try:
            return numbering._peek(production.product_id, False, 1)[0]
        except UserError:
            return False

    def action_generate_serial_numbers(self):
        numbering = self.with_context(**self.production_id._batch_numbering())
        return super(MrpProductionSerials, numbering).action_generate_serial_numbers()

    def action_apply(self):
        """Give new serial numbers what is known of their production."""
        known = self.production_id.lot_producing_ids
        result = super().action_apply()
        (self.production_id.lot_producing_ids - known).write(
            self.production_id._batch_origin()
        )
        return result

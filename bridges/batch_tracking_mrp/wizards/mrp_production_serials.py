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
        known = production._batch_numbering(production._batch_production_date())
        try:
            return sequence._peek(
                production.product_id, known["date"], 1, codes=known["codes"]
            )[0]
        except UserError:
            return False

    def action_generate_serial_numbers(self):
        order = self.production_id
        numbering = order._batch_numbering(order._batch_production_date())
        known = with_numbering(self, **numbering)
        return super(MrpProductionSerials, known).action_generate_serial_numbers()

    def action_apply(self):
        """Give new serial numbers what is known of their production."""
        order = self.production_id
        known = order.lot_producing_ids
        result = super().action_apply()
        day = order.batch_day = order._batch_production_date()
        new = (order.lot_producing_ids - known).filtered(lambda lot: not lot.quant_ids)
        values = order._batch_origin(day)
        end = new[:1]._end_of_life(day)
        if end:
            values["expiration_date"] = end
        new.write(values)
        return result

from odoo import api, models

from .exceptions import QuantitiesDisagreeError

#: What sends a lot elsewhere.
ROUTE_FIELDS = {
    "lot_id",
    "quant_id",
    "location_id",
    "location_dest_id",
    "move_id",
    "product_uom_id",
    "quantity_product_uom",
}


class StockMoveLine(models.Model):
    """The last gate of every movement.

    Whatever moves goods in Odoo ends in ``_action_done`` or in a change of a line that
    is done: both check, see ``stock_move_line_gate.py``, that it is permitted. Nothing
    switches the gate off, neither a context nor another room.
    """

    _inherit = "stock.move.line"

    _lot_state_idx = models.Index("(lot_id, state) WHERE lot_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not lines:  # core adds none to every line that needs none reserved anew
            return lines
        if any("quantity_product_uom" in vals for vals in vals_list):
            lines._check_quantities_agree()
        lines._check_dispositions()
        if added := lines._already_done():
            added._check_may_leave()
            added._leaving_guarded()._note_left()
        return lines

    def write(self, vals):
        rerouted = self if ROUTE_FIELDS & vals.keys() else self._growing(vals)
        result = super().write(vals)
        if "quantity_product_uom" in vals:
            self._check_quantities_agree()
        if not rerouted:
            return result
        rerouted._check_dispositions()
        if done := rerouted._already_done():
            done._check_may_leave()
        return result

    def _check_quantities_agree(self):
        """Refuse a quantity in the product's unit that its line does not say.

        :raises QuantitiesDisagreeError: naming the first line
        """
        for line in self.sudo():
            unit = line.product_id.uom_id
            said = line.product_uom_id._compute_quantity(
                line.quantity, unit, rounding_method="HALF-UP"
            )
            if unit.compare(said, line.quantity_product_uom):
                raise QuantitiesDisagreeError(line)

    def _action_done(self):
        self._check_dispositions()
        self._check_may_leave()
        leaving = self._leaving_guarded()
        result = super()._action_done()
        leaving.exists()._note_left()
        return result

    def _growing(self, vals):
        """Return the lines of which ``vals`` make more."""
        amounts = {"quantity", "quantity_product_uom"} & vals.keys()
        if not amounts:
            return self.browse()
        return self.filtered(
            lambda line: any(line[name] < (vals[name] or 0) for name in amounts)
        )

    def _already_done(self):
        """Return those of the lines that are done: a finished operation is changed."""
        return self.browse([line.id for line in self if line.state == "done"])

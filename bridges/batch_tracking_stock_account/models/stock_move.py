from odoo import api, models
from odoo.tools import SQL


class StockMove(models.Model):
    """Values what a batch operation makes, and tells lots what their moves are worth.

    Bills correct the value of a move, and with it the cost of its lots.
    """

    _inherit = "stock.move"

    # -- what a batch operation makes is worth what it took

    def _get_value_from_production(self, quantity, at_date=None):
        operation = self.lot_operation_id
        if not operation or self.location_id.usage != "production":
            return super()._get_value_from_production(quantity, at_date)
        # sudo: who moves goods need not see all of the operation to value them
        operation = operation.sudo()
        taken = operation.taken_line_ids.move_id
        made = sum(operation.made_line_ids.mapped("quantity_product_uom"))
        value = sum(taken.mapped("value")) * quantity / made
        return {
            "value": value,
            "quantity": quantity,
            "description": self.env._(
                "%(value)s for %(quantity)s %(unit)s of what %(operation)s took",
                value=self.company_currency_id.format(value),
                quantity=quantity,
                unit=self.product_id.uom_id.name,
                operation=operation.name,
            ),
        }

    def _create_analytic_move(self):
        # After lines were deleted, core would read each move's lines for itself.
        return super(StockMove, self.with_prefetch())._create_analytic_move()

    # -- the cost of a lot is the value of its move

    @api.model
    def _costs_come_later(self):
        return True

    def _set_value(self, correction_quantity=None):
        result = super()._set_value(correction_quantity=correction_quantity)
        self._update_unit_costs()
        return result

    def _has_unit_cost(self):
        return self.is_in and bool(self.value)

    @api.model
    def _unit_cost_sql(self):
        value = SQL.identifier("stock_move", "value", to_flush=self._fields["value"])
        # What belongs to somebody else has no part in the value.
        return SQL(
            "(%s / NULLIF((SELECT SUM(line.quantity_product_uom)"
            " FROM stock_move_line line"
            " WHERE line.move_id = stock_move.id AND %s), 0))",
            value,
            self._is_costed_sql(),
        )

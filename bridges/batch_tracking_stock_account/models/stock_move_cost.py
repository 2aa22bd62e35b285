from odoo import api, models
from odoo.tools import SQL


class StockMove(models.Model):
    """Takes the cost of a lot from the value of its move, which bills correct."""

    _inherit = "stock.move"

    @api.model
    def _costs_come_later(self):
        return True

    def _set_value(self, correction_quantity=None):
        result = super()._set_value(correction_quantity=correction_quantity)
        self._tell_unit_costs()
        return result

    def _has_unit_cost(self):
        return self.is_in and bool(self.value)

    @api.model
    def _unit_cost_sql(self):
        value = SQL.identifier("stock_move", "value", to_flush=self._fields["value"])
        return SQL(
            "(%s / NULLIF((SELECT SUM(whole.quantity_product_uom)"
            " FROM stock_move_line whole WHERE whole.move_id = stock_move.id), 0))",
            value,
        )

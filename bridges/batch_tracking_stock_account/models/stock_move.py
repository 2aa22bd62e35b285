from odoo import models


class StockMove(models.Model):
    """What a batch operation makes is worth what it took."""

    _inherit = "stock.move"

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

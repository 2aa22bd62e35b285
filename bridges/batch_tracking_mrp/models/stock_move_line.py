from datetime import datetime, time, timedelta

from odoo import models


class StockMoveLine(models.Model):
    """By-products are of the day and place of their order, as its product is."""

    _inherit = "stock.move.line"

    def _batch_production_day(self):
        # sudo: who books goods need not read the order that made them
        order = self.move_id.sudo().production_id
        return order._batch_day_made() if order else super()._batch_production_day()

    def _prepare_new_lot_vals(self):
        values = super()._prepare_new_lot_vals()
        order = self.move_id.sudo().production_id
        if not order:
            return values
        if values.get("expiration_date") == self._expiration_of_core():
            del values["expiration_date"]
        return {**values, **order._batch_origin(order._batch_day_made())}

    def _expiration_of_core(self):
        """Return what core writes unasked: counted from midnight in UTC."""
        entered = datetime.combine(self.date.date(), time.min)
        return entered + timedelta(days=self.product_id.expiration_time)

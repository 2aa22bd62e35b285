from odoo import models

from ...tools.movement import PLAN


class ReportStockQuantity(models.Model):
    """From today on, nothing is forecast of what must not be planned with."""

    _inherit = "report.stock.quantity"

    _depends = {
        "stock.location": ["imposed_disposition_ids"],
        "stock.lot": ["disposition_id"],
        "stock.lot.disposition": ["allow_plan"],
        "stock.quant": ["lot_id", "reserved_quantity"],
    }

    def _get_product_qty_col(self):
        held = self.env["stock.quant"]._held_view_sql("q", PLAN)
        return f"""CASE WHEN {held}
            AND date >= (now() at time zone 'utc')::date
            THEN q.reserved_quantity ELSE {super()._get_product_qty_col()} END"""

from odoo import models

#: Hashed once by PostgreSQL: lots and places not to be planned with are few.
_HELD = """(
    q.lot_id IN (
        SELECT held.id FROM stock_lot held
        JOIN stock_lot_disposition held_as ON held_as.id = held.disposition_id
        WHERE held_as.allow_plan IS NOT TRUE
    ) OR q.location_id IN (
        SELECT imposed.location_id FROM stock_location_imposed_rel imposed
        JOIN stock_lot_disposition held_as ON held_as.id = imposed.disposition_id
        WHERE held_as.allow_plan IS NOT TRUE
    )
)"""


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
        return f"""CASE WHEN {_HELD}
            AND date >= (now() at time zone 'utc')::date
            THEN q.reserved_quantity ELSE {super()._get_product_qty_col()} END"""

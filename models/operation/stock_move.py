from odoo import fields, models


class StockMove(models.Model):
    """A move of an operation on lots: it splits, merges, repacks or relabels them."""

    _inherit = "stock.move"

    lot_operation_id = fields.Many2one(
        "stock.lot.operation", index="btree_not_null", copy=False
    )

    def _is_internal_to_operation(self):
        # sudo: who may not read operations is checked all the same
        operation = self.sudo().lot_operation_id
        return operation.is_running or super()._is_internal_to_operation()

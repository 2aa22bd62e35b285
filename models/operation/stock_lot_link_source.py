from odoo import api, models
from odoo.tools import SQL


class StockLotLinkSource(models.AbstractModel):
    """Tells which links were made by an operation on batches."""

    _inherit = "stock.lot.link.source"

    @api.model
    def _joins(self, is_all):
        return SQL(
            "%s LEFT JOIN stock_lot_operation operation"
            " ON operation.id = made_move.lot_operation_id",
            super()._joins(is_all),
        )

    @api.model
    def _columns(self):
        columns = super()._columns()
        return {
            **columns,
            "kind": SQL("COALESCE(operation.kind, %s)", columns["kind"]),
            "reference": SQL("COALESCE(operation.name, %s)", columns["reference"]),
            "document_model": SQL(
                "CASE WHEN operation.id IS NOT NULL THEN 'stock.lot.operation'"
                " ELSE %s END",
                columns["document_model"],
            ),
            "document_id": SQL("COALESCE(operation.id, %s)", columns["document_id"]),
        }

from odoo import api, models
from odoo.tools import SQL


class StockRecallConsignee(models.Model):
    """What was made good by credit notes and by replacement orders."""

    _inherit = "stock.recall.consignee"

    @api.model
    def _made_good_sql(self):
        for model in ("account.move.line", "account.move", "sale.order.line"):
            self.env[model].flush_model()
        return [*super()._made_good_sql(), self._credited_sql(), self._ordered_sql()]

    @api.model
    def _credited_sql(self):
        return SQL(
            """
            SELECT line.recall_row_id AS row_id, 'credited' AS kind,
                   line.quantity * unit.factor / own.factor AS quantity
            FROM account_move_line line
            JOIN account_move note ON note.id = line.move_id
             AND note.state <> 'cancel' AND note.move_type = 'out_refund'
            JOIN uom_uom unit ON unit.id = line.product_uom_id
            JOIN product_product variant ON variant.id = line.product_id
            JOIN product_template product ON product.id = variant.product_tmpl_id
            JOIN uom_uom own ON own.id = product.uom_id
            WHERE line.recall_row_id IS NOT NULL
            """
        )

    @api.model
    def _ordered_sql(self):
        return SQL(
            """
            SELECT line.recall_row_id AS row_id, 'replaced' AS kind,
                   line.product_uom_qty * unit.factor / own.factor AS quantity
            FROM sale_order_line line
            JOIN uom_uom unit ON unit.id = line.product_uom_id
            JOIN product_product variant ON variant.id = line.product_id
            JOIN product_template product ON product.id = variant.product_tmpl_id
            JOIN uom_uom own ON own.id = product.uom_id
            WHERE line.recall_row_id IS NOT NULL AND line.state <> 'cancel'
            """
        )

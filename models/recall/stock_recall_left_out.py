from odoo import fields, models


class StockRecallLeftOut(models.Model):
    """A batch that was taken out of a recall before it was launched, and why."""

    _name = "stock.recall.left.out"
    _description = "Batch Taken Out of a Recall"
    _order = "recall_id, id"
    _rec_name = "lot_id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    lot_id = fields.Many2one("stock.lot", "Batch", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    product_id = fields.Many2one(related="lot_id.product_id")
    reason = fields.Char(required=True)

    _lot_uniq = models.UniqueIndex("(recall_id, lot_id)")

from odoo import fields, models


class StockRecallLot(models.Model):
    """A batch that a recall reaches, with its quantities when it was launched."""

    _name = "stock.recall.lot"
    _description = "Recalled Batch"
    _order = "recall_id, level, id"
    _rec_name = "lot_id"

    recall_id = fields.Many2one("stock.recall", required=True, ondelete="cascade")
    lot_id = fields.Many2one(
        "stock.lot", "Batch", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    product_id = fields.Many2one(related="lot_id.product_id")
    unit_id = fields.Many2one(related="lot_id.product_uom_id")
    disposition_id = fields.Many2one(related="lot_id.disposition_id", string="Now")
    disposition_color = fields.Integer(related="lot_id.disposition_id.color")
    level = fields.Integer(help="0: named by the recall. 1: made from it. And so on.")
    came_in = fields.Float("Received or made", digits="Product Unit")
    on_hand = fields.Float(digits="Product Unit")
    delivered = fields.Float(
        "With customers", digits="Product Unit", help="Delivered, less returned."
    )
    consumed = fields.Float("Used in production", digits="Product Unit")
    removed = fields.Float(
        digits="Product Unit",
        help="Scrapped, adjusted away or returned to the supplier.",
    )

    _lot_uniq = models.UniqueIndex("(recall_id, lot_id)")

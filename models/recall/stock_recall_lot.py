from odoo import api, fields, models

from .scopes import SCOPES


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
    version = fields.Integer(
        default=1, readonly=True, help="The version of the recall that brought it in."
    )
    is_cleared = fields.Boolean(
        "Cleared",
        readonly=True,
        help="Taken out of the recall after it was launched: nothing is wrong with it.",
    )
    cleared_reason = fields.Char("Why cleared", readonly=True)
    level = fields.Integer(help="0: named by the recall. 1: made from it. And so on.")
    scope = fields.Selection(
        SCOPES,
        "How sure",
        readonly=True,
        help="The least scope that reaches it; empty in recalls of older versions.",
    )
    is_too_early = fields.Boolean(
        "Made before",
        help="The records lead to it, but it was made before: by its dates it can have "
        "nothing of what is recalled.",
    )
    came_in = fields.Float("Received or made", digits="Product Unit")
    moved_over = fields.Float(
        "From other recalled batches",
        digits="Product Unit",
        help="Of what was received or made: goods of other batches of this recall, "
        "split, merged or relabelled. They count there.",
    )
    new_quantity = fields.Float(compute="_compute_new_quantity", digits="Product Unit")
    on_hand = fields.Float(digits="Product Unit")
    delivered = fields.Float(
        "With customers", digits="Product Unit", help="Delivered, less returned."
    )
    consumed = fields.Float("Used in production", digits="Product Unit")
    removed = fields.Float(
        digits="Product Unit",
        help="Scrapped, adjusted away or returned to the supplier.",
    )

    passed_on = fields.Float(
        "To other companies",
        digits="Product Unit",
        help="Given to another company of the group, or on the way there.",
    )

    gone = fields.Float(
        "Had left",
        readonly=True,
        digits="Product Unit",
        help="Ever sent to customers, production or other companies by then, without "
        "what came back: whatever is more has left since.",
    )

    _lot_uniq = models.UniqueIndex("(recall_id, lot_id)")

    @api.depends("came_in", "moved_over")
    def _compute_new_quantity(self):
        for line in self:
            line.new_quantity = line.came_in - line.moved_over

    def _stops_goods(self):
        """Tell whether any of them is of a recall that runs, and is no drill."""
        recalls = self.filtered(lambda line: not line.is_cleared).recall_id
        return any(recall._is_open() and not recall.is_drill for recall in recalls)

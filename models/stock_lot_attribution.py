from odoo import fields, models


class StockLotAttribution(models.Model):
    """Somebody's word on how much of a consumed line is in a made one.

    Core only says that all that was consumed went into all that was made. Links heed
    these words whenever they are written.
    """

    _name = "stock.lot.attribution"
    _description = "Batch Attribution"

    consume_line_id = fields.Many2one(
        "stock.move.line", required=True, ondelete="cascade"
    )
    produce_line_id = fields.Many2one(
        "stock.move.line", required=True, ondelete="cascade", index=True
    )
    quantity = fields.Float(
        digits="Product Unit", help="In the unit of the consumed product."
    )

    _pair_uniq = models.Constraint(
        "UNIQUE(consume_line_id, produce_line_id)",
        "It has been said already how much of this is in that.",
    )

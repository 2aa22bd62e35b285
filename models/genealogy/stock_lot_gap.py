from odoo import fields, models

from .stock_lot_link import KINDS


class StockLotGap(models.Model):
    """A place where a trace ends although the goods went on.

    Something without a lot went into a lot (the way back ends), or a lot went into
    something without a lot (the way forward ends). Derived like ``stock.lot.link``.
    """

    _name = "stock.lot.gap"
    _description = "Trace Gap"
    _order = "date desc, id desc"
    _log_access = False

    lot_id = fields.Many2one("stock.lot", "Batch", required=True, ondelete="cascade")
    direction = fields.Selection(
        [("back", "Trace back"), ("forward", "Trace forward")],
        required=True,
        help="Back: an ingredient of the batch is not known by lot. Forward: it is not "
        "known which lot the batch went into.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        ondelete="cascade",
        help="What has no lot.",
    )
    quantity = fields.Float(
        digits="Product Unit", help="How much of it, in the unit of what has no lot."
    )
    lot_quantity = fields.Float(
        digits="Product Unit", help="How much of the batch it concerns."
    )
    reason = fields.Selection(
        [("untracked", "Not tracked"), ("missing", "Number missing")],
        required=True,
        help="Not tracked: the product has no lots. Number missing: it has, and nobody "
        "said which.",
    )
    kind = fields.Selection(KINDS, required=True)
    consume_line_id = fields.Many2one("stock.move.line", ondelete="cascade", index=True)
    produce_line_id = fields.Many2one("stock.move.line", ondelete="cascade", index=True)
    reference = fields.Char(help="The source document's name.")
    document_model = fields.Char()
    document_id = fields.Many2oneReference(
        string="Source Document", model_field="document_model"
    )
    equipment = fields.Char()
    date = fields.Datetime()
    company_id = fields.Many2one("res.company")

    _lot_idx = models.Index("(lot_id, direction) INCLUDE (company_id)")

from odoo import fields, models


class StockLotOperation(models.Model):
    """The document of a split, merge, repack or relabel: lots become other lots."""

    _name = "stock.lot.operation"
    _description = "Batch Operation"
    _order = "date desc, id desc"

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("split", "Split"),
            ("merge", "Merge"),
            ("repack", "Repack"),
            ("relabel", "Relabel"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Done By", readonly=True)
    reason = fields.Text(readonly=True)
    move_ids = fields.One2many("stock.move", "lot_operation_id", readonly=True)
    undoes_id = fields.Many2one("stock.lot.operation", readonly=True)

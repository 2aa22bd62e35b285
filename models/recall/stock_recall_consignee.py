from odoo import api, fields, models


class StockRecallConsignee(models.Model):
    """Who had received how much of one recalled batch when the recall was launched."""

    _name = "stock.recall.consignee"
    _description = "Recall Consignee"
    _order = "recall_id, partner_id, id"
    _rec_name = "partner_id"

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Consignee",
        ondelete="restrict",
        help="Empty: sent without an address.",
    )
    lot_id = fields.Many2one("stock.lot", "Batch", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    product_id = fields.Many2one(related="lot_id.product_id")
    unit_id = fields.Many2one(related="lot_id.product_uom_id")
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    delivered = fields.Float(digits="Product Unit")
    returned = fields.Float(digits="Product Unit")
    net = fields.Float("Has", compute="_compute_net", store=True, digits="Product Unit")
    date = fields.Datetime("Last delivery")

    @api.depends("delivered", "returned")
    def _compute_net(self):
        for line in self:
            line.net = line.delivered - line.returned

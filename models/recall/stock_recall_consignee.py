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
    version = fields.Integer(
        default=1, readonly=True, help="The version of the recall that brought it in."
    )
    is_cleared = fields.Boolean(
        "Cleared",
        readonly=True,
        help="The batch was taken out of the recall after it was launched.",
    )
    tier = fields.Integer(
        default=1,
        readonly=True,
        help="1: we delivered to them. 2: a consignee of ours passed it on to them.",
    )
    parent_id = fields.Many2one(
        "stock.recall.consignee",
        "Passed on by",
        ondelete="cascade",
        index="btree_not_null",
        readonly=True,
    )
    delivered = fields.Float(digits="Product Unit")
    returned = fields.Float(digits="Product Unit")
    net = fields.Float("Has", compute="_compute_net", store=True, digits="Product Unit")
    returned_since = fields.Float(
        "Came back since",
        compute="_compute_returned_since",
        digits="Product Unit",
        help="Returned since the recall was launched, until it was closed.",
    )
    has_now = fields.Float(
        "Has now", compute="_compute_returned_since", digits="Product Unit"
    )
    written_off = fields.Float(
        "Written off there",
        compute="_compute_returned_since",
        digits="Product Unit",
        help="By our own documents, where the consignee has it: it has not come back, "
        "and they are asked for it as for the rest.",
    )
    date = fields.Datetime("Last delivery")

    @api.depends("delivered", "returned")
    def _compute_net(self):
        for line in self:
            line.net = line.delivered - line.returned

    @api.depends("delivered", "returned", "recall_id.state", "recall_id.date_close")
    def _compute_returned_since(self):
        for recall, lines in self.grouped("recall_id").items():
            trace, until = self.env["stock.lot.trace"], recall.date_close
            returned = {
                (lot_id, partner_id): amount
                for lot_id, partner_id, _delivered, amount in trace._consignees(
                    lines.lot_id, as_of=until
                )
            }
            written_off = trace._written_off(lines.lot_id, as_of=until)
            for line in lines:
                key = (line.lot_id.id, line.partner_id.id or None)
                since = returned.get(key, 0.0) - line.returned
                line.returned_since = max(0.0, since)
                line.has_now = line.net - line.returned_since
                line.written_off = written_off.get(key, 0.0)

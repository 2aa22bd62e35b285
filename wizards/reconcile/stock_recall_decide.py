from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.reconcile.stock_recall_decision import DECISIONS


class StockRecallDecide(models.TransientModel):
    """Decides what becomes of recalled goods that are here."""

    _name = "stock.recall.decide"
    _inherit = "batch.wizard"
    _description = "Decide on Recalled Goods"

    recall_id = fields.Many2one("stock.recall", required=True)
    possible_lot_ids = fields.Many2many("stock.lot", compute="_compute_possible")
    possible_location_ids = fields.Many2many(
        "stock.location", compute="_compute_possible"
    )
    lot_id = fields.Many2one(
        "stock.lot", "Batch", required=True, domain="[('id', 'in', possible_lot_ids)]"
    )
    location_id = fields.Many2one(
        "stock.location",
        "Place",
        compute="_compute_location_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', possible_location_ids)]",
    )
    decision = fields.Selection(DECISIONS, required=True, default="destroy")
    quantity = fields.Float(
        compute="_compute_location_id",
        store=True,
        readonly=False,
        digits="Product Unit",
    )
    unit_id = fields.Many2one(related="lot_id.product_uom_id")
    witness = fields.Char()
    reason = fields.Char()

    @api.depends("recall_id", "lot_id")
    def _compute_possible(self):
        for wizard in self:
            wizard.possible_lot_ids = wizard.recall_id.lot_ids.lot_id
            wizard.possible_location_ids = wizard._places().location_id

    def _places(self):
        return self.env["stock.quant"].search(
            [
                ("lot_id", "=", self.lot_id.id),
                ("location_id.usage", "=", "internal"),
                ("quantity", ">", 0),
                ("company_id", "=", self.recall_id.company_id.id),
            ]
        )

    @api.depends("recall_id", "lot_id")
    def _compute_location_id(self):
        for wizard in self:
            places = wizard._places().sorted(
                lambda quant: not quant.location_id._is_restrictive()
            )
            wizard.location_id = places[:1].location_id
            wizard.quantity = places[:1].quantity

    def decide(self):
        """Keep the decision; what is destroyed is scrapped."""
        self.ensure_one()
        if self.lot_id not in self.recall_id.lot_ids.lot_id:
            raise UserError(self.env._("This batch is no part of the recall."))
        if self.decision == "destroy" and not (self.witness or "").strip():
            raise UserError(self.env._("Say who sees that it is destroyed."))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why this becomes of the goods."))
        names = ("decision", "quantity", "witness", "reason")
        values = {name: self[name] for name in names}
        values |= {"lot_id": self.lot_id.id, "location_id": self.location_id.id}
        self.env["stock.recall.decision"]._decide(self.recall_id, values)
        return {"type": "ir.actions.act_window_close"}

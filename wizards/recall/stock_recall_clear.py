from odoo import api, fields, models

from ...models.history.signature import signed


class StockRecallClear(models.TransientModel):
    """Takes batches out of an open recall, with which nothing is wrong."""

    _name = "stock.recall.clear"
    _inherit = "batch.wizard"
    _description = "Take Batches Out of a Recall"

    recall_id = fields.Many2one("stock.recall", required=True, readonly=True)
    recalled_lot_ids = fields.Many2many(
        "stock.lot", compute="_compute_recalled_lot_ids", string="Recalled batches"
    )
    lot_ids = fields.Many2many(
        "stock.lot",
        "stock_recall_clear_lot_rel",
        string="Batches",
        domain="[('id', 'in', recalled_lot_ids)]",
    )
    with_made = fields.Boolean(
        "What was made from them too",
        default=True,
        help="All batches that only these lead to.",
    )
    reason = fields.Char("How it is known")

    @api.depends("recall_id")
    def _compute_recalled_lot_ids(self):
        for wizard in self:
            lines = wizard.recall_id.lot_ids
            wizard.recalled_lot_ids = lines.filtered(lambda x: not x.is_cleared).lot_id

    @signed(lambda wizard: wizard.env._("Batches cleared"))
    def clear(self):
        """Take them out, and release them or propose it."""
        self.ensure_one()
        decision = self.recall_id._clear(self.lot_ids, self.reason, self.with_made)
        if decision.state == "proposed":
            return decision._open()
        return self.recall_id._open()

from odoo import api, fields, models


class StockPicking(models.Model):
    """A transfer that a recall has asked for leads to it."""

    _inherit = "stock.picking"

    recall_id = fields.Many2one(
        "stock.recall", "For recall", compute="_compute_recall_id"
    )
    is_replacement = fields.Boolean(compute="_compute_recall_id")

    @api.depends("move_ids.recall_id", "move_ids.recall_row_id")
    def _compute_recall_id(self):
        for picking in self:
            # sudo: that it is for a recall is seen by whoever sees the transfer
            moves = picking.sudo().move_ids
            picking.recall_id = moves.recall_id[:1].with_env(self.env)
            picking.is_replacement = bool(moves.recall_row_id)

    def action_open_recall(self):
        """Open the recall that has asked for the transfer."""
        self.ensure_one()
        self.recall_id.check_access("read")
        return self.recall_id._open() if self.recall_id else False

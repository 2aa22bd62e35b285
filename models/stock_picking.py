from odoo import api, fields, models


class StockPicking(models.Model):
    """Numbers new lots, and says what was skipped when nothing eligible is left."""

    _inherit = "stock.picking"

    removal_notice = fields.Text(compute="_compute_removal_notice")

    @api.depends("move_ids.state", "move_ids.quantity")
    def _compute_removal_notice(self):
        for picking in self:
            notices = [move._skipped_notice() for move in picking.move_ids]
            picking.removal_notice = "\n".join(filter(None, notices))

    def button_validate(self):
        self.move_line_ids._number_lots()
        return super().button_validate()

    def _pre_action_done_hook(self):
        result = super()._pre_action_done_hook()
        if result is not True or self.env.context.get("skip_override_reason"):
            return result
        moves = self.move_ids
        wanting = {move for move, _v in moves._unexplained(moves._removal_overrides())}
        if not wanting:
            return result
        return self.env["stock.move.override.reason"]._open(self, wanting)

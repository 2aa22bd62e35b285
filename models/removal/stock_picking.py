from odoo import api, fields, models

#: A move that is here lacks something.
LACKING = ("confirmed", "partially_available")
#: Of a transfer that lacks more products, these are looked at when it is opened.
MOVES_NOTICED = 10


class StockPicking(models.Model):
    """Numbers new lots, and says what was skipped when nothing eligible is left."""

    _inherit = "stock.picking"

    removal_notice = fields.Text(compute="_compute_removal_notice")

    @api.depends("move_ids.state", "move_ids.quantity")
    def _compute_removal_notice(self):
        for picking in self:
            lacking = picking.move_ids.filtered(lambda move: move.state in LACKING)
            notices = [move._skipped_notice() for move in lacking[:MOVES_NOTICED]]
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

from odoo import api, fields, models

#: A move in one of these has not got all that it needs.
WAITING_STATES = ("confirmed", "partially_available")
#: Of a transfer that waits for more products, so many are looked at when it is opened.
MOVES_NOTICED = 10


class StockPicking(models.Model):
    """Says what was skipped when nothing eligible is left."""

    _inherit = "stock.picking"

    removal_notice = fields.Text(compute="_compute_removal_notice")

    @api.depends("move_ids.state", "move_ids.quantity")
    def _compute_removal_notice(self):
        for picking in self:
            waiting = picking.move_ids.filtered(
                lambda move: move.state in WAITING_STATES
            )
            notices = [move._skipped_notice() for move in waiting[:MOVES_NOTICED]]
            picking.removal_notice = "\n".join(filter(None, notices))

    def _pre_action_done_hook(self):
        result = super()._pre_action_done_hook()
        if result is not True or self.env.context.get("skip_override_reason"):
            return result
        moves = self.move_ids
        unexplained = {
            move for move, _values in moves._unexplained(moves._removal_overrides())
        }
        if not unexplained:
            return result
        return self.env["stock.move.override.reason"]._open(self, unexplained)

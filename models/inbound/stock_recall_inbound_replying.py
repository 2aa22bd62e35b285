from odoo import api, fields, models

from .stock_recall_inbound_reply import STATES


class StockRecallInbound(models.Model):
    """A notice that is replied to."""

    _inherit = "stock.recall.inbound"

    reply_ids = fields.One2many("stock.recall.inbound.reply", "inbound_id", "Replies")
    reply_state = fields.Selection(STATES, "Reply", compute="_compute_reply_state")

    @api.depends("reply_ids.state")
    def _compute_reply_state(self):
        for inbound in self:
            inbound.reply_state = inbound.reply_ids.sorted("id")[-1:].state

    def action_reply(self):
        """Prepare our reply, filled from our stock, or open the one that waits."""
        self.ensure_one()
        self.env["stock.recall"]._check_may_recall()
        self.check_access("write")
        waiting = self.reply_ids.filtered(lambda reply: reply.state == "draft")[:1]
        if not waiting:
            waiting = self.env["stock.recall.inbound.reply"].create(
                {"inbound_id": self.id, "version": self.version}
            )
            waiting.action_fill()
            self._note(self.env._("Reply prepared"), new=self.version or "")
        return {
            "type": "ir.actions.act_window",
            "name": waiting.display_name,
            "res_model": waiting._name,
            "res_id": waiting.id,
            "view_mode": "form",
        }

    def action_open_replies(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replies to %s", self.number),
            "res_model": "stock.recall.inbound.reply",
            "view_mode": "list,kanban,form",
            "domain": [("inbound_id", "=", self.id)],
        }

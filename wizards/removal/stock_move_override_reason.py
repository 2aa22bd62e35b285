from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.base.ids import check_one


class StockMoveOverrideReason(models.TransientModel):
    """Asks why another batch leaves than the recommended one, then validates."""

    _name = "stock.move.override.reason"
    _inherit = "batch.wizard"
    _description = "Why Another Batch?"

    picking_ids = fields.Many2many("stock.picking")
    move_ids = fields.Many2many("stock.move", readonly=True)
    summary = fields.Text(readonly=True)
    reason = fields.Char()

    @api.model
    def _open(self, pickings, moves):
        """Return the action that asks for the reason and goes on validating."""
        moves = self.env["stock.move"].concat(*moves)
        # sudo: whoever may validate these transfers is asked about all of them
        asked = self.sudo().create(
            {
                "picking_ids": [fields.Command.set(pickings.ids)],
                "move_ids": [fields.Command.set(moves.ids)],
                "summary": "\n".join(moves._override_sentences()),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why another batch?"),
            "res_model": self._name,
            "res_id": asked.id,
            "view_mode": "form",
            "target": "new",
            "context": self.env.context,
        }

    def apply(self):
        """Note the reason and validate the transfers."""
        check_one(self)
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why: it goes into the log."))
        self.move_ids.write({"override_reason": self.reason})
        ids = self.env.context.get("button_validate_picking_ids")
        pickings = self.picking_ids.browse(ids) if ids else self.picking_ids
        return pickings.button_validate()

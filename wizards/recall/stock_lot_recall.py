from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.history.signature import signed


class StockLotRecall(models.TransientModel):
    """Shows what a recall would reach, then launches it."""

    _name = "stock.lot.recall"
    _inherit = "batch.wizard"
    _description = "Recall Batches"

    number = fields.Char(
        "Add a batch", help="Scan or type a batch number and press Enter."
    )
    lot_ids = fields.Many2many("stock.lot", string="Suspect batches")
    reason = fields.Text()
    is_drill = fields.Boolean("Drill", help="Trace everything, stop nothing.")
    preview = fields.Json(compute="_compute_preview")

    @api.depends("lot_ids")
    def _compute_preview(self):
        for wizard in self:
            lots = wizard.lot_ids._origin
            wizard.preview = lots and self.env["stock.recall"]._preview(lots)

    @api.onchange("number")
    def _onchange_number(self):
        if not self.number:
            return None
        number = self.number.strip()
        lots = self.env["stock.lot"].search([("name", "=", number)])
        self.number = False
        if not lots:
            return {"warning": self._unknown_number(number)}
        self.lot_ids |= lots
        return None

    def _unknown_number(self, number):
        return {
            "title": self.env._("Unknown batch"),
            "message": self.env._(
                "There is no batch “%s”. Compare it with the label and type it again.",
                number,
            ),
        }

    def check_complete(self):
        """Say what is missing; with nothing missing, show what asks to be sure.

        A reason that is typed is only known once its field is left: this may be called
        with all that a launch needs, and still launches nothing.

        :raises UserError: when something is missing
        """
        self.ensure_one()
        self._check_complete()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recall"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _check_complete(self):
        if not self.lot_ids:
            raise UserError(
                self.env._(
                    "No batch is chosen. Scan, type or choose the batch to be recalled."
                )
            )

    @signed(lambda wizard: wizard.env._("Recall launched"))
    def launch(self):
        """Launch the recall and open it."""
        self.ensure_one()
        self._check_complete()
        recall = self.env["stock.recall"]._launch(
            self.lot_ids, self.reason, self.is_drill
        )
        return {
            "type": "ir.actions.act_window",
            "name": recall.name,
            "res_model": "stock.recall",
            "res_id": recall.id,
            "view_mode": "form",
            "target": "current",
        }

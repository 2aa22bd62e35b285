from odoo import fields, models
from odoo.exceptions import UserError

from ..models.res_users import signed


class StockLotSetDisposition(models.TransientModel):
    """Holds or releases one or many batches, with a reason."""

    _name = "stock.lot.set.disposition"
    _description = "Hold or Release Batches"

    lot_ids = fields.Many2many("stock.lot", string="Batches")
    disposition_id = fields.Many2one("stock.lot.disposition", "Put under")
    meaning = fields.Char(related="disposition_id.note")
    reason = fields.Text()

    @signed(lambda wizard: wizard.disposition_id.name)
    def apply(self):
        """Put the batches under the chosen disposition."""
        self.ensure_one()
        if not self.lot_ids:
            raise UserError(self.env._("No batch is chosen."))
        if not self.disposition_id:
            raise UserError(self.env._("Choose what the batches may do from now on."))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why: others will want to know."))
        self.lot_ids._set_disposition(self.disposition_id, self.reason)
        return {"type": "ir.actions.act_window_close"}

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.base.ids import check_one
from ...models.history.signature import signed
from ...models.operation.stock_lot import DATE_FIELDS


class StockLotFollow(models.TransientModel):
    """Hands a batch's dates, disposition or properties on to its sub-batches."""

    _name = "stock.lot.follow"
    _inherit = "batch.wizard"
    _description = "Hand on to Sub-batches"

    lot_id = fields.Many2one("stock.lot", string="Batch", required=True)
    with_dates = fields.Boolean("Dates", default=True)
    with_disposition = fields.Boolean("Disposition", default=True)
    with_properties = fields.Boolean("Properties")
    change_ids = fields.One2many(
        "stock.lot.follow.change",
        "wizard_id",
        compute="_compute_change_ids",
        compute_sudo=False,
        store=True,
        string="What will change",
    )
    reason = fields.Text()

    @api.depends("lot_id", "with_dates", "with_disposition", "with_properties")
    def _compute_change_ids(self):
        for wizard in self:
            lot = wizard.lot_id._origin
            changes = lot._sublot_changes(wizard._names()) if lot else []
            wizard.change_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "lot_id": sublot.id,
                            "what": lot._fields[name]._description_string(self.env),
                            "old_value": sublot._as_text(name),
                            "new_value": lot._as_text(name),
                        }
                    )
                    for sublot, name in changes
                    if sublot.has_access("read")
                ),
            ]

    def _names(self):
        """Return the names of the fields that are to be handed on."""
        chosen = {
            DATE_FIELDS: self.with_dates,
            ("disposition_id",): self.with_disposition,
            ("lot_properties",): self.with_properties,
        }
        return [name for names, wanted in chosen.items() if wanted for name in names]

    @signed(lambda wizard: wizard.env._("Handed on to sub-batches"))
    def apply(self):
        """Change the sub-batches as previewed."""
        check_one(self)
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why: others will want to know."))
        self.lot_id._hand_on_to_sublots(self._names(), self.reason)
        return {"type": "ir.actions.act_window_close"}


class StockLotFollowChange(models.TransientModel):
    """One value that a sub-batch will have."""

    _name = "stock.lot.follow.change"
    _inherit = "batch.wizard"
    _description = "Change of a Sub-batch"

    wizard_id = fields.Many2one("stock.lot.follow", required=True, ondelete="cascade")
    lot_id = fields.Many2one("stock.lot", string="Sub-batch")
    what = fields.Char()
    old_value = fields.Char("Now")
    new_value = fields.Char("Then")

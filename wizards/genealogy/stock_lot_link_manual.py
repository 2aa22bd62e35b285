from odoo import fields, models
from odoo.exceptions import UserError

from ...models.base.ids import check_one


class StockLotLinkManual(models.TransientModel):
    """Links two batches by hand: what was done outside of Odoo, or before it."""

    _name = "stock.lot.link.manual"
    _inherit = "batch.wizard"
    _description = "Link Batches by Hand"

    child_lot_id = fields.Many2one("stock.lot", required=True, string="Batch")
    parent_lot_id = fields.Many2one("stock.lot", required=True, string="Was made of")
    parent_quantity = fields.Float("Of which went in", digits="Product Unit")
    parent_uom_id = fields.Many2one(
        related="parent_lot_id.product_uom_id", string="Unit of the parent"
    )
    child_quantity = fields.Float("Of which was made", digits="Product Unit")
    child_uom_id = fields.Many2one(
        related="child_lot_id.product_uom_id", string="Unit of the child"
    )
    reason = fields.Text()

    def apply(self):
        """Write the link."""
        check_one(self)
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say how you know: others will rely on it."))
        self.env["stock.lot.link"]._link_by_hand(
            self.parent_lot_id,
            self.child_lot_id,
            self.parent_quantity,
            self.child_quantity,
            self.reason,
        )
        return {"type": "ir.actions.act_window_close"}

from odoo import fields, models
from odoo.exceptions import AccessError


class StockLot(models.Model):
    """Which decision a lot is under its disposition by."""

    _inherit = "stock.lot"

    decision_id = fields.Many2one(
        "stock.lot.decision",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
    disposition_permissions = fields.Json(
        related="disposition_id.permissions", string="What it may do"
    )
    hold_until = fields.Date(related="decision_id.until_date", string="Held until")

    def write(self, vals):
        if "decision_id" in vals and not self.env.su:
            raise AccessError(
                self.env._(
                    "A decision about a batch is made by “Hold or release”, and not "
                    "by changing the batch."
                )
            )
        return super().write(vals)

    def _after_disposition_change(self, before):
        result = super()._after_disposition_change(before)
        # sudo: whoever may change its disposition ends what was decided
        self.sudo().filtered("decision_id").write({"decision_id": False})
        return result

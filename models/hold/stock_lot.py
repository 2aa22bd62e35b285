from odoo import fields, models

from .exceptions import DecidedByDecisionError


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

    def write(self, vals):
        if "decision_id" in vals and not self.env.su:
            raise DecidedByDecisionError(self)
        return super().write(vals)

    def _after_disposition_change(self, before):
        result = super()._after_disposition_change(before)
        # sudo: whoever may change its disposition ends what was decided
        self.sudo().filtered("decision_id").write({"decision_id": False})
        return result

    # -- screens

    def action_set_disposition(self):
        only_holds = not any(self.mapped("is_restricted")) or not self._may_release()
        name = (
            self.env._("Put on hold") if only_holds else self.env._("Hold or release")
        )
        return self._open_wizard("stock.lot.set.disposition", name)

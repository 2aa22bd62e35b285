from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..base.deletion import guards_deletion
from .stock_lot_inspection_specification import SPECIFICATION

#: More samples than this no grid could show.
MOST_SAMPLES = 50


class StockLotInspectionCharacteristic(models.Model):
    """One thing that a plan wants to be looked at, and what is a good value."""

    _name = "stock.lot.inspection.characteristic"
    _description = "Inspection Characteristic"
    _inherit = ["stock.lot.inspection.specification"]
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "stock.lot.inspection.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    active = fields.Boolean(default=True)
    sample_size = fields.Integer(
        "Samples", required=True, default=1, help="How many samples are taken."
    )
    result_ids = fields.One2many(
        "stock.lot.inspection.result", "characteristic_id", "Results"
    )

    @api.constrains(
        "name",
        "kind",
        "limits",
        "lower",
        "upper",
        "has_target",
        "target",
        "passing_options",
        "failing_options",
    )
    def _check_what_is_asked(self):
        self._check_specification()

    @api.constrains("sample_size")
    def _check_sample_size(self):
        for characteristic in self:
            if not 1 <= characteristic.sample_size <= MOST_SAMPLES:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: take from 1 to %(most)s samples, not %(size)s.",
                        name=characteristic.name,
                        most=MOST_SAMPLES,
                        size=characteristic.sample_size,
                    )
                )

    def write(self, vals):
        plans = self.plan_id
        result = super().write(vals)
        if {"active", "plan_id"} & vals.keys():
            plans._check_asks_something()
        return result

    def unlink(self):
        plans = self.plan_id
        result = super().unlink()
        plans._check_asks_something()
        return result

    @guards_deletion
    def _unlink_except_used(self):
        used = self.with_context(active_test=False).filtered("result_ids")
        if used:
            raise UserError(
                self.env._(
                    "“%s” has results already. Archive it: it is not asked for any "
                    "more, and the results stay.",
                    used[0].name,
                )
            )

    def _result_vals(self):
        """Return the values of the results that an inspection has to fill in."""
        return [
            {
                "characteristic_id": characteristic.id,
                "sample": sample,
                **{name: characteristic[name] for name in SPECIFICATION},
            }
            for characteristic in self
            for sample in range(1, characteristic.sample_size + 1)
        ]

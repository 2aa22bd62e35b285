from odoo import fields, models

from ...models.base.ids import check_one
from ...models.history.signature import signed

DECISIONS = [
    ("accept", "Accept by deviation"),
    ("reopen", "Reopen"),
    ("cancel", "Cancel"),
]


class StockLotInspectionDecide(models.TransientModel):
    """Asks why an inspection is accepted, reopened or cancelled."""

    _name = "stock.lot.inspection.decide"
    _inherit = "batch.wizard"
    _description = "Decide about Inspections"

    inspection_ids = fields.Many2many("stock.lot.inspection", required=True)
    decision = fields.Selection(DECISIONS, required=True)
    failure = fields.Text(compute="_compute_failure")
    reason = fields.Text()

    def _compute_failure(self):
        for wizard in self:
            failures = wizard.inspection_ids.filtered("failure").mapped("failure")
            wizard.failure = "\n".join(failures) or False

    @signed(lambda wizard: wizard._decision_label())
    def apply(self):
        """Do it; the inspections check who may."""
        check_one(self)
        getattr(self.inspection_ids, f"_{self.decision}")(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _decision_label(self):
        labels = dict(self._fields["decision"]._description_selection(self.env))
        return labels[self.decision]

from odoo import fields, models

#: What may be done for a reason: which model, which method.
STEPS = [
    ("waive_lines", "Give lines up"),
    ("waive_checks", "Give checks up"),
    ("put_right", "Put right"),
    ("explain_gaps", "Explain gaps"),
    ("dismiss_names", "Ask nobody"),
]


class StockRecallReasonAsk(models.TransientModel):
    """Asks why: before lines or checks are given up, and where there are gaps."""

    _name = "stock.recall.reason.ask"
    _inherit = "batch.wizard"
    _description = "Why Something Is Given Up"

    step = fields.Selection(STEPS, required=True, default="waive_lines")
    consignee_ids = fields.Many2many("stock.recall.consignee")
    check_ids = fields.Many2many("stock.recall.check")
    lot_line_ids = fields.Many2many("stock.recall.lot", string="Batches with gaps")
    onward_ids = fields.Many2many("stock.recall.answer.onward", string="Names")
    reason = fields.Char()

    def do_step(self):
        """Give up what was chosen, with the reason."""
        self.ensure_one()
        if self.step == "waive_lines":
            self.consignee_ids._waive(self.reason)
        elif self.step == "waive_checks":
            self.check_ids._waive(self.reason)
        elif self.step == "explain_gaps":
            self.lot_line_ids._explain_gap(self.reason)
        elif self.step == "dismiss_names":
            self.onward_ids._dismiss(self.reason)
        else:
            for check in self.check_ids:
                check._put_right(self.reason)
        return {"type": "ir.actions.act_window_close"}

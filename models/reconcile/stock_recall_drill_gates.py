from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.reconcile.drill import LIMITS

#: Percent.
WHOLE = 100


class StockRecall(models.Model):
    """What must be so before a drill is closed: listed, reconciled, learned from."""

    _inherit = "stock.recall"

    gap_count = fields.Integer("Batches with gaps", compute="_compute_gap_count")
    unexplained_count = fields.Integer(compute="_compute_gap_count")
    drill_remark = fields.Text(
        "What is to be mended", help="By whom, and until when: auditors ask for it."
    )

    def _editable_fields(self):
        return super()._editable_fields() | {"drill_remark"}

    # -- gaps

    def _gap_lines(self):
        """Return the stock.recall.lot of which not all is accounted for."""
        self.env["stock.recall.lot"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM stock_recall_lot
                 WHERE recall_id = ANY(%s) AND is_cleared IS NOT TRUE
                   AND ABS(came_in - on_hand - delivered - consumed - removed
                           - COALESCE(passed_on, 0)) > 0.000001
                 ORDER BY id
                """,
                list(self.ids),
            )
        )
        return self.env["stock.recall.lot"].browse(id_ for (id_,) in rows)

    @api.depends("lot_ids.gap_reason")
    def _compute_gap_count(self):
        drills = self._origin.filtered("is_drill")
        lines = drills._gap_lines() if drills else self.env["stock.recall.lot"]
        by_recall = lines.grouped("recall_id")
        for recall in self:
            mine = by_recall.get(recall._origin, lines.browse())
            recall.gap_count = len(mine)
            recall.unexplained_count = len(mine.filtered(lambda x: not x.gap_reason))

    def action_open_gaps(self):
        """Open the batches of which too much or too little is there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Gaps of %s", self.name),
            "res_model": "stock.recall.lot",
            "view_mode": "list,kanban",
            "views": [
                [self.env.ref(f"batch_tracking.stock_recall_gap_view_{kind}").id, kind]
                for kind in ("list", "kanban")
            ],
            "domain": [("id", "in", self._gap_lines().ids)],
        }

    # -- closing

    def _closing_gates(self):
        gates = super()._closing_gates()
        return [*gates, *self._drill_gates()] if self.is_drill else gates

    def _drill_gates(self):
        gates = [self._list_gate(), self._reconciled_gate()]
        if self.date_reconciled:
            gates.append(self._mended_gate())
        return gates

    def _list_gate(self):
        if not self.date_list:
            return "list", False, self.env._("Nobody has the list in hand yet.")
        text = self.env._("The list was handed over in %s.", self._took("list"))
        return "list", True, text

    def _reconciled_gate(self):
        if self.date_reconciled:
            took = self._took("reconciled")
            return "reconciled", True, self.env._("All was reconciled in %s.", took)
        if self.unexplained_count:
            text = self.env._(
                "Of %s batches too much or too little is there, and nobody says why.",
                self.unexplained_count,
            )
        else:
            text = self.env._("Nobody has said that all is reconciled.")
        return "reconciled", False, text

    def _mended_gate(self):
        """Ask what is to be mended, unless it went as the plan wants it."""
        wanted = self._plan_hours()
        is_good = self._clock().passes(wanted) and self.drill_score >= WHOLE
        if is_good:
            text = self.env._("All was found, and reconciled within %s h.", wanted)
            return "mended", True, text
        if (self.drill_remark or "").strip():
            return "mended", True, self.env._("It is written what is to be mended.")
        text = self.env._(
            "Not all was found within %s h: write what is to be mended.", wanted
        )
        return "mended", False, text

    def _plan_hours(self):
        plan = self._plan()
        return int(plan.drill_hours) if plan.drill_hours else LIMITS[1]

from odoo import models
from odoo.tools import format_list

from ...tools.figures import plain


class StockRecall(models.Model):
    """What must be so before a recall is closed, as sentences."""

    _inherit = "stock.recall"

    def _closing_gates(self):
        gates = super()._closing_gates()
        if self.is_drill:
            return gates
        return [
            *gates,
            self._notices_gate(),
            self._ledger_gate(),
            self._passed_on_gate(),
            self._checks_gate(),
            self._decisions_gate(),
        ]

    def _notices_gate(self):
        untold = self.env["stock.recall.notice"].search_count(
            [
                ("recall_id", "=", self.id),
                ("purpose", "=", "consignee"),
                ("state", "!=", "superseded"),
                ("notified_at", "=", False),
            ]
        )
        if untold:
            text = self.env._("%s notices have reached nobody.", untold)
        else:
            text = self.env._("All notices have reached somebody.")
        return "notices", not untold, text

    def _ledger_gate(self):
        open_rows = self.env["stock.recall.consignee"].search_count(
            [
                ("recall_id", "=", self.id),
                ("is_cleared", "=", False),
                ("state", "!=", "closed"),
            ]
        )
        if not open_rows:
            text = self.env._("All lines are settled, or given up with a reason.")
            return "ledger", True, text
        text = self.env._(
            "%(lines)s lines are not settled, and %(waiting)s consignees have not "
            "answered.",
            lines=open_rows,
            waiting=self._reply_counts()["waiting"],
        )
        return "ledger", False, text

    def _passed_on_gate(self):
        untold = self.onward_count
        if untold:
            text = self.env._(
                "%s that goods were passed on to are not asked yet.", untold
            )
        else:
            text = self.env._("Everybody that goods were passed on to is asked.")
        return "passed_on", not untold, text

    def _checks_gate(self):
        population = self._reply_counts()["all"]
        if not population:
            return "checks", True, self.env._("There is nobody to check.")
        figures = self._check_figures(population)
        if figures is None:
            text = self.env._("Nobody has said how many consignees are checked.")
            return "checks", False, text
        text = self.env._(
            "Level %(level)s: %(verified)s of %(required)s checks are verified, "
            "%(failed)s failed, %(waived)s given up.",
            level=figures["level"],
            required=figures["required"],
            verified=figures["counts"].get("verified", 0),
            failed=figures["counts"].get("failed", 0),
            waived=figures["counts"].get("waived", 0),
        )
        return "checks", figures["is_met_without_waived"], text

    def _decisions_gate(self):
        undecided = self._undecided()
        if not undecided:
            text = self.env._("All that came back has a decision.")
            return "decisions", True, text
        lots = format_list(
            self.env,
            [
                f"{lot.name} ({plain(quantity)} {lot.product_uom_id.name})"
                for lot, quantity in list(undecided.items())[:10]
            ],
        )
        text = self.env._("What came back waits for a decision: %s.", lots)
        return "decisions", False, text

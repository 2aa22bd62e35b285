from odoo import models


class StockRecall(models.Model):
    """What must be so before a recall is closed, as sentences."""

    _inherit = "stock.recall"

    def _closing_gates(self):
        return [
            *super()._closing_gates(),
            self._ledger_gate(),
            self._passed_on_gate(),
            self._checks_gate(),
        ]

    def _ledger_gate(self):
        counts = self._reply_counts()
        left = self.env["stock.recall.consignee"].search_count(
            [
                ("recall_id", "=", self.id),
                ("is_cleared", "=", False),
                ("state", "!=", "closed"),
            ]
        )
        if self.is_drill:
            return "ledger", True, self.env._("A drill asks nobody to answer.")
        if not left:
            text = self.env._(
                "All lines of %s consignees are settled, or given up with a reason.",
                counts["all"],
            )
        else:
            text = self.env._(
                "%(lines)s lines are not settled; %(waiting)s consignees have not "
                "answered.",
                lines=left,
                waiting=counts["waiting"],
            )
        return "ledger", not left, text

    def _passed_on_gate(self):
        untold = 0 if self.is_drill else self.onward_count
        if untold:
            text = self.env._(
                "%s that goods were passed on to are not asked yet.", untold
            )
        else:
            text = self.env._("Everybody that goods were passed on to is asked.")
        return "passed_on", not untold, text

    def _checks_gate(self):
        figures = None if self.is_drill else self._check_figures()
        if self.is_drill:
            return "checks", True, self.env._("A drill checks nobody.")
        if figures is None:
            text = self.env._("Nobody has said how many consignees are checked.")
            return "checks", False, text
        text = self.env._(
            "Level %(level)s: %(verified)s of %(required)s checks are verified, "
            "%(failed)s failed.",
            level=figures["level"],
            verified=figures["counts"].get("verified", 0),
            required=figures["required"],
            failed=figures["counts"].get("failed", 0),
        )
        return "checks", figures["is_met"] or figures["is_met_without_waived"], text

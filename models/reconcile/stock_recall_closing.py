from collections import Counter

from odoo import models
from odoo.tools import format_list

from ...tools.figures import plain
from .exceptions import MOST_NAMED


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
            self._given_up_gate(),
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

    def _given_up_gate(self):
        """Have what was given up seen by another person than who gave it up."""
        rows, checks = self._given_up()
        people = rows.waived_by_id | checks.waived_by_id
        if not rows and not checks:
            return "given_up", True, self.env._("Nothing was given up.")
        words = {
            "lines": len(rows),
            "checks": len(checks),
            "who": format_list(self.env, people.sudo().mapped("name")) or "–",
            "reasons": self._given_up_reasons(rows, checks),
        }
        closer = self.close_user_id or self.env.user
        if closer in people and not self.env["stock.lot"]._is_system():
            text = self.env._(
                "You have given up lines or checks yourself: another recall manager "
                "looks at them and closes it. %(lines)s lines and %(checks)s checks "
                "were given up by %(who)s: %(reasons)s",
                **words,
            )
            return "given_up", self.state == "closed", text
        text = self.env._(
            "%(lines)s lines and %(checks)s checks were given up by %(who)s: "
            "%(reasons)s",
            **words,
        )
        return "given_up", True, text

    def _given_up(self):
        """Return what was given up with a reason: lines of the ledger, and checks."""
        given_up = [("recall_id", "=", self.id), ("waived_reason", "!=", False)]
        rows = self.env["stock.recall.consignee"].search(
            [*given_up, ("is_cleared", "=", False)]
        )
        checks = self.env["stock.recall.check"].search(
            [*given_up, ("state", "=", "waived")]
        )
        return rows, checks

    def _given_up_reasons(self, rows, checks):
        """Return each reason once, with how often it was given."""
        counts = Counter(
            [*rows.mapped("waived_reason"), *checks.mapped("waived_reason")]
        )
        reasons = [f"“{reason}” ({count})" for reason, count in counts.most_common()]
        if len(reasons) > MOST_NAMED:
            reasons = [*reasons[:MOST_NAMED], "…"]
        return "; ".join(reasons)

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

    # -- shown before it is closed

    def _next_steps(self):
        notices = super()._next_steps()
        if not self._is_open() or self.is_drill:
            return notices
        rows, checks = self._given_up()
        buttons = [
            (rows, "action_open_given_up", self.env._("Show lines")),
            (checks, "action_open_checks", self.env._("Show checks")),
        ]
        actions = [
            {"name": name, "label": label, "style": "btn-secondary"}
            for given_up, name, label in buttons
            if given_up
        ]
        if not actions:
            return notices
        _key, _ok, text = self._given_up_gate()
        return [*notices, {"text": text, "level": "warning", "actions": actions}]

    def action_open_given_up(self):
        """Open the lines that were given up with a reason."""
        return self.action_open_ledger("waived")

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

#: The lists behind figures: what to show of the ledger.
LISTS = {
    "all": [],
    "waiting": [("state", "=", "waiting")],
    "answered": [("has_answered", "=", True)],
    "dispute": [("state", "=", "dispute")],
    "open": [("state", "in", ("open", "dispute"))],
    "closed": [("state", "=", "closed")],
    "recovered": [("recovered", ">", 0)],
    "located": [("located", ">", 0)],
    "unaccounted": [("unaccounted", ">", 0)],
    "excess": [("excess", ">", 0)],
    "nameless": [("partner_id", "=", False)],
    "waived": [("waived_reason", "!=", False)],
}


class StockRecall(models.Model):
    """The figures of a recall's page, and the lists behind them."""

    _inherit = "stock.recall"

    progress = fields.Json(compute="_compute_progress")

    @api.depends("consignee_ids.state", "answer_ids", "is_by_site")
    def _compute_progress(self):
        for recall in self:
            origin = recall._origin
            recall.progress = origin._progress() if origin.date_start else False

    def _progress(self):
        """Return the figures of the page, in few queries.

        :return: dict with ``stages`` (``key``, ``label``, ``done``, ``total``, ``list``
            of each), ``counts`` (see ``_reply_counts``), ``units`` (figures of each
            unit of measure, tier by tier), ``checks`` and ``kpis`` (see ``_kpis``)
        """
        self.ensure_one()
        counts = self._reply_counts()
        days = defaultdict(list)
        for day, unit_id, quantity in self._recovered_by_day():
            days[unit_id].append([fields.Date.to_string(day), quantity])
        chains = self._chains()
        return {
            "stages": self._stages(counts),
            "counts": counts,
            "units": [
                {**self._unit_figures(unit, chain), "days": days[unit.id]}
                for unit, chain in chains.items()
            ],
            "checks": self._check_figures(),
            "kpis": [] if self.is_drill else self._kpis(chains),
        }

    def _stages(self, counts):
        stages = [
            ("notified", self.env._("Notified"), self._notified_count(), "all"),
            (
                "acknowledged",
                self.env._("Acknowledged"),
                self._acknowledged_count(),
                "all",
            ),
            ("answered", self.env._("Answered"), counts["answered"], "answered"),
            ("settled", self.env._("Settled"), counts["settled"], "closed"),
        ]
        return [
            {
                "key": key,
                "label": label,
                "done": done,
                "total": counts["all"],
                "list": which,
            }
            for key, label, done, which in stages
        ]

    def _notified_count(self):
        """Return how many of the consignees that count were told."""
        self.env["stock.recall.notice"].flush_model()
        (count,) = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(DISTINCT partner_id) FROM stock_recall_notice
                 WHERE recall_id = %s AND purpose = 'consignee'
                   AND notified_at IS NOT NULL
                   AND partner_id IN (SELECT consignee_id FROM (%s) ledger)
                """,
                self.id,
                self._ledger_sql(),
            )
        )[0]
        return count

    def _unit_figures(self, unit, chain):
        return {
            "unit": unit.name,
            "distributed": chain.distributed,
            "recovered": chain.recovered,
            "recovery": chain.recovery,
            "located": chain.located,
            "unaccounted": chain.unaccounted,
            "accounted": chain.accounted,
            "excess": chain.excess,
            "surplus": chain.surplus,
            "tiers": [
                {
                    "tier": number,
                    "distributed": tier.sums.distributed,
                    "located": tier.total.on_hand,
                    "used": tier.total.used,
                    "passed_on": tier.total.passed_on,
                    "recovered": tier.sums.recovered,
                    "unaccounted": tier.missing,
                    "surplus": tier.surplus,
                    "recovery": tier.rates.recovery,
                    "recoverable": tier.rates.recoverable,
                    "accounted": tier.rates.accounted,
                }
                for number, tier in chain.tiers.items()
            ],
        }

    @api.readonly
    def action_open_ledger(self, which="all"):
        """Open the rows behind a figure.

        :param str which: one of ``LISTS``; anything else opens all
        """
        self.ensure_one()
        domain = LISTS.get(which) if isinstance(which, str) else None
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ledger of %s", self.name),
            "res_model": "stock.recall.consignee",
            "view_mode": "list,kanban,form",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [
                ("recall_id", "=", self.id),
                ("is_cleared", "=", False),
                *(domain or []),
            ],
            "context": {"search_default_group_by_tier": 0},
        }

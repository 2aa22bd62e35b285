from odoo import fields, models
from odoo.tools import SQL

from ...tools.answer.balance import Line
from ...tools.reconcile.drill import clock_text
from ...tools.reconcile.kpi import (
    ages_of,
    cost_per_unit,
    elapsed,
    leakage,
    scope_precision,
    time_to_share,
)
from ..notice.planning import hashed_joins

NOTHING = "–"


class StockRecall(models.Model):
    """Key figures of a recall: how fast, how many, how exact, at what cost."""

    _inherit = "stock.recall"

    def _kpis(self, chains):
        """Return the key figures as people read them.

        :param chains: as ``_chains`` returns it
        :return: a list of dicts with ``key``, ``label`` and ``value`` (texts), and
            ``list``: what ``action_open_ledger`` opens for it, or ""
        """
        self.ensure_one()
        rows = [*self._time_kpis(), *self._scope_kpis(), *self._cost_kpis(chains)]
        rows += self._waiting_kpis()
        return [
            {"key": key, "label": label, "value": value or NOTHING, "list": which}
            for key, label, value, which in rows
        ]

    # -- how fast

    def _time_kpis(self):
        told = self._told_moments()
        begin = self.date_decided or self.date_start
        took = [
            (
                "trace",
                self.env._("Suspicion to list"),
                elapsed(self.date_suspected, self.date_trace),
            ),
            (
                "stop",
                self.env._("Decision to last hold"),
                elapsed(self.date_decided, self.date_start),
            ),
            ("half", self.env._("Half were told in"), time_to_share(begin, told, 50)),
            ("all", self.env._("All were told in"), time_to_share(begin, told, 100)),
        ]
        return [(key, label, self._hours_text(time), "") for key, label, time in took]

    def _hours_text(self, time):
        text = clock_text(time)
        return self.env._("%s h", text) if text else ""

    def _told_moments(self):
        """Return when each consignee was told first; None for those who were not."""
        self.env["stock.recall.notice"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MIN(notified_at) FROM stock_recall_notice
                 WHERE recall_id = %s AND purpose = 'consignee'
                 GROUP BY COALESCE(partner_id, 0)
                """,
                self.id,
            )
        )
        return [moment for (moment,) in rows]

    # -- who is silent

    def _waiting_kpis(self):
        now = fields.Datetime.now()
        ages = ages_of(self._told_and_silent(), now)
        labels = {
            days: self.env._("No answer, told up to %s days ago", days)
            for days in ages
            if days
        }
        labels[None] = self.env._("No answer, told earlier")
        return [
            (f"silent_{days or 'more'}", labels[days], str(count), "waiting")
            for days, count in ages.items()
            if count
        ]

    def _told_and_silent(self):
        """Return when those were told first who have not answered for all."""
        with hashed_joins(self.env.cr):
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT MIN(notice.notified_at)
                      FROM (%s) ledger
                      JOIN stock_recall_notice notice
                        ON notice.recall_id = ledger.recall_id
                       AND notice.partner_id = ledger.consignee_id
                       AND notice.purpose = 'consignee'
                       AND notice.notified_at IS NOT NULL
                     WHERE ledger.state = 'waiting'
                     GROUP BY ledger.consignee_id
                    """,
                    self._ledger_sql(),
                )
            )
        return [moment for (moment,) in rows]

    # -- how exact

    def _scope_kpis(self):
        shares = [
            (unit, scope_precision(cleared, held))
            for unit, held, cleared in self._held_and_cleared()
        ]
        text = ", ".join(
            f"{self._printed_percent(share)} ({unit})"
            for unit, share in shares
            if share is not None
        )
        label = self.env._("Stopped, and cleared later")
        rows = [("cleared", label, text, "")]
        if self.leak_date:
            left = self._amounts_text(self.leak_units or {}) or "0"
            rows.append(("leak", self.env._("Left since the launch"), left, ""))
        return rows

    def _held_and_cleared(self):
        """Return ``[(unit name, what was stopped, what of it was cleared later)]``."""
        self.env["stock.recall.lot"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product.uom_id, SUM(held)::float8, SUM(cleared)::float8
                  FROM (
                    SELECT lot.product_id, SUM(reached.on_hand) AS held,
                           COALESCE(SUM(reached.on_hand)
                                    FILTER (WHERE reached.is_cleared), 0) AS cleared
                      FROM stock_recall_lot reached
                      JOIN stock_lot lot ON lot.id = reached.lot_id
                     WHERE reached.recall_id = %s GROUP BY 1
                  ) sums
                  JOIN product_product variant ON variant.id = sums.product_id
                  JOIN product_template product
                    ON product.id = variant.product_tmpl_id
                 GROUP BY 1 ORDER BY 1
                """,
                self.id,
            )
        )
        units = self.env["uom.uom"].browse(unit_id for unit_id, *_sums in rows)
        names = {unit.id: unit.name for unit in units}
        return [(names[unit_id], held, cleared) for unit_id, held, cleared in rows]

    def _left_after_decision(self):
        """Return what left after it was decided, by unit of measure; nothing must.

        Between the decision and the launch nothing was stopped. For reports: it reads
        all movements of these batches.

        :return: ``{unit name: quantity}``
        """
        decided = self.date_decided or self.date_start
        lots = self.lot_ids.filtered(lambda line: not line.is_cleared).lot_id
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot_id, date, quantity_product_uom::float8
                  FROM (%s) line WHERE date >= %s
                """,
                self._leaving_sql(lots),
                decided,
            )
        )
        units = {lot.id: lot.product_uom_id.name for lot in lots}
        departures = {}
        for lot_id, moment, quantity in rows:
            departures.setdefault(units[lot_id], []).append((moment, quantity))
        left = {unit: leakage(rows, decided) for unit, rows in departures.items()}
        return {unit: quantity for unit, quantity in left.items() if quantity}

    # -- at what cost

    def _cost_kpis(self, chains):
        """Return what a unit has cost, if all are of one: no two are added up."""
        if len(chains) != 1:
            return []
        ((unit, chain),) = chains.items()
        cost = cost_per_unit(self.total_cost, [Line(chain.distributed)])
        if cost is None:
            return []
        label = self.env._("Cost for each unit (%s)", unit.name)
        return [("cost", label, self.currency_id.format(cost), "")]

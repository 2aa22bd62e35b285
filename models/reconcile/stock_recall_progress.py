from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...tools.answer.balance import Line, Sums, is_none
from ...tools.reconcile.tiers import HandedOn, chain_of_sums

#: Columns of the ledger that make a ``Line``, in its order.
LINE = (
    "delivered",
    "returned",
    "located",
    "used",
    "used_before",
    "with_others",
    "back",
    "destroyed",
    "corrected",
)
SUMS = ("distributed", "gone", "recovered", "unaccounted", "excess")


class StockRecall(models.Model):
    """How far a recall has come: sums of its ledger, made by the database.

    Whatever the number of consignees, a page asks each of these questions once.
    """

    _inherit = "stock.recall"

    def _rows_sql(self):
        """Return the table of rows of these recalls that count."""
        self.env["stock.recall.consignee"].flush_model()
        return SQL(
            """
            SELECT row.*, COALESCE(row.addressee_id, row.partner_id) AS consignee_id
            FROM stock_recall_consignee row
            WHERE row.recall_id = ANY(%s) AND row.is_cleared IS NOT TRUE
            """,
            list(self.ids),
        )

    def _ledger_sql(self):
        """Return what ``_rows_sql`` does, each row with its unit of measure."""
        for model in ("stock.lot", "product.template"):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT row.*, product.uom_id
            FROM (%s) row
            JOIN stock_lot lot ON lot.id = row.lot_id
            JOIN product_product variant ON variant.id = lot.product_id
            JOIN product_template product ON product.id = variant.product_tmpl_id
            """,
            self._rows_sql(),
        )

    def _chains(self):
        """Return the balance of this recall, each unit of measure by itself.

        :return: ``{uom.uom: Chain}``, see ``tools/reconcile/tiers``
        """
        self.ensure_one()
        return self._all_chains()[self]

    def _all_chains(self):
        """Return ``{recall: what _chains returns}``, of any number at once."""
        columns = SQL(", ").join(
            SQL("COALESCE(SUM(%s), 0)::float8", SQL.identifier(name))
            for name in (*LINE, *SUMS)
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT recall_id, uom_id, tier, %s FROM (%s) ledger GROUP BY 1, 2, 3",
                columns,
                self._ledger_sql(),
            )
        )
        handed_on = self._handed_on()
        summed = defaultdict(lambda: defaultdict(dict))
        for recall_id, uom_id, tier, *sums in rows:
            line, rest = sums[: len(LINE)], sums[len(LINE) :]
            summed[recall_id][uom_id][tier] = (Line(*line), Sums(*rest))
        units = self.env["uom.uom"].browse
        return {
            recall: {
                units(uom_id): chain_of_sums(tiers, handed_on[recall.id, uom_id])
                for uom_id, tiers in sorted(summed[recall.id].items())
            }
            for recall in self
        }

    def _handed_on(self):
        """Return ``{(recall id, unit id): {tier: HandedOn}}``, row by row added up.

        What comes back of what was passed on is asked of nobody any more; whoever
        received it had received it all the same.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT row.recall_id, row.uom_id, row.tier,
                       SUM(GREATEST(0, row.with_others - COALESCE(had, 0)))::float8,
                       SUM(GREATEST(0, COALESCE(had, 0) - row.passed_on))::float8
                FROM (%(ledger)s) row
                LEFT JOIN (
                    SELECT parent_id, SUM(distributed) AS had
                    FROM stock_recall_consignee
                    WHERE recall_id = ANY(%(recall_ids)s) AND parent_id IS NOT NULL
                      AND is_cleared IS NOT TRUE
                    GROUP BY 1
                ) behind ON behind.parent_id = row.id
                WHERE row.passed_on > 0 OR had > 0 GROUP BY 1, 2, 3
                """,
                ledger=self._ledger_sql(),
                recall_ids=list(self.ids),
            )
        )
        handed_on = defaultdict(dict)
        for recall_id, uom_id, tier, *gaps in rows:
            known = [0.0 if is_none(gap) else gap for gap in gaps]
            handed_on[recall_id, uom_id][tier] = HandedOn(*known)
        return handed_on

    def _reply_counts(self):
        """Return how many consignees have come how far, each counted once.

        :return: dict with ``all``, ``answered`` (all of their batches), ``partial``,
            ``waiting``, ``dispute``, ``settled`` (all of their rows closed) and
            ``nameless`` (rows without an address)
        """
        self.ensure_one()
        (counts,) = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*) FILTER (WHERE consignee_id IS NOT NULL),
                       COUNT(*) FILTER (WHERE waiting = 0 AND consignee_id IS NOT NULL),
                       COUNT(*) FILTER (WHERE waiting > 0 AND waiting < rows
                                          AND consignee_id IS NOT NULL),
                       COUNT(*) FILTER (WHERE waiting > 0 AND consignee_id IS NOT NULL),
                       COUNT(*) FILTER (WHERE dispute > 0 AND consignee_id IS NOT NULL),
                       COUNT(*) FILTER (WHERE closed = rows
                                          AND consignee_id IS NOT NULL),
                       COALESCE(SUM(rows) FILTER (WHERE consignee_id IS NULL), 0)::int
                FROM (
                    SELECT consignee_id, COUNT(*) AS rows,
                           COUNT(*) FILTER (WHERE state = 'waiting') AS waiting,
                           COUNT(*) FILTER (WHERE state = 'dispute') AS dispute,
                           COUNT(*) FILTER (WHERE state = 'closed') AS closed
                    FROM (%s) row GROUP BY 1
                ) reply
                """,
                self._rows_sql(),
            )
        )
        names = (
            "all",
            "answered",
            "partial",
            "waiting",
            "dispute",
            "settled",
            "nameless",
        )
        return dict(zip(names, counts, strict=True))

    def _acknowledged_count(self):
        """Return how many consignees have let us know that the notice has come."""
        self.env["stock.recall.answer"].flush_model()
        answered = SQL(
            "SELECT partner_id FROM stock_recall_answer WHERE recall_id = %s", self.id
        )
        (count,) = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(DISTINCT consignee_id) FROM (%(rows)s) row
                WHERE consignee_id IN (%(answered)s) OR partner_id IN (%(answered)s)
                """,
                rows=self._rows_sql(),
                answered=answered,
            )
        )[0]
        return count

    def _recovered_by_day(self):
        """Return what came back, was destroyed or put right, day by day.

        :return: ``[(date, unit id, quantity)]``, days in UTC
        """
        self.ensure_one()
        self.env["stock.lot.trace"]._flush_moves()
        return self.env.execute_query(
            SQL(
                """
                SELECT day, uom_id, SUM(quantity)::float8 FROM (
                    SELECT answered_at::date AS day, uom_id,
                           destroyed + corrected AS quantity
                    FROM (%(ledger)s) told WHERE destroyed + corrected > 0
                    UNION ALL
                    SELECT line.date::date, came.uom_id, line.quantity_product_uom
                    FROM (
                        SELECT DISTINCT lot_id, uom_id FROM (%(ledger)s) ledger
                        WHERE received_back > 0
                    ) came
                    JOIN stock_move_line line ON line.lot_id = came.lot_id
                     AND line.consignment = 'returned' AND line.date >= %(since)s
                     AND line.company_id = %(company_id)s
                ) day GROUP BY 1, 2 ORDER BY 1
                """,
                ledger=self._ledger_sql(),
                since=self.date_start,
                company_id=self.company_id.id,
            )
        )

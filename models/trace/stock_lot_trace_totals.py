from odoo import api, models
from odoo.tools import SQL

from ...tools.genealogy.came_back import Flow, Returned, came_back, cycles
from ...tools.genealogy.steps import seconds
from ..genealogy.lot_sql import id_array, until


class StockLotTrace(models.AbstractModel):
    """How much there has been of lots that became each other: nothing counts twice.

    A split that is undone, or a product that is taken apart, makes the lot once more
    that was there before.
    """

    _inherit = "stock.lot.trace"

    @api.model
    def _came_back(self, pairs, as_of=None):
        """Return how much of what was made of lots had left them before.

        :param pairs: ``(parent id, child id)`` of all links between these lots
        :return: ``{lot id: Returned}``, see ``tools/genealogy/came_back.py``
        """
        # Children come after their parents: where that holds, there are no cycles.
        groups = {} if all(old < new for old, new in pairs) else cycles(pairs)
        if not groups:
            return {}
        return came_back(
            flow
            for flow in self._flows_between(list(groups), as_of)
            if groups[flow.parent] == groups[flow.child]
        )

    def _flows_between(self, lots, as_of):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(link.produce_line_id, -link.id),
                       COALESCE(link.consume_line_id, -link.id),
                       link.parent_lot_id, link.child_lot_id, child.product_id,
                       link.parent_quantity,
                       CASE WHEN parent.product_id = child.product_id
                            THEN LEAST(link.parent_quantity, link.child_quantity)
                            ELSE link.child_quantity END,
                       parent.product_id = child.product_id
                FROM stock_lot_link link
                JOIN stock_lot parent ON parent.id = link.parent_lot_id
                JOIN stock_lot child ON child.id = link.child_lot_id
                WHERE link.parent_lot_id = ANY(%(lots)s)
                  AND link.child_lot_id = ANY(%(lots)s)
                  AND link.company_id = ANY(%(company_ids)s) AND %(period)s
                ORDER BY link.date, 1, link.id
                """,
                lots=id_array(lots),
                company_ids=self.env.companies.ids,
                period=until("link", as_of),
            )
        )
        return [Flow(*row) for row in rows]

    @api.model
    def _moved_over(self, lots, came_back):
        """Return how much of lots is goods of others of them under another number.

        :param dict came_back: what ``_came_back`` has found of them
        :return: ``{lot id: quantity}`` in the unit of the product
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT link.child_lot_id, SUM(link.parent_quantity)::float8
                FROM stock_lot_link link
                JOIN stock_lot parent ON parent.id = link.parent_lot_id
                JOIN stock_lot child ON child.id = link.child_lot_id
                 AND child.product_id = parent.product_id AND child.id <> parent.id
                WHERE link.parent_lot_id = ANY(%(lots)s)
                  AND link.child_lot_id = ANY(%(lots)s)
                  AND link.company_id = ANY(%(company_ids)s)
                GROUP BY 1
                """,
                lots=id_array(lots),
                company_ids=self.env.companies.ids,
            )
        )
        none = Returned(0.0, 0.0)
        return {
            lot_id: max(0.0, quantity - came_back.get(lot_id, none).of_alike)
            for lot_id, quantity in rows
        }

    @api.model
    def _came_seconds(self, lots):
        """Return ``{lot id: when it first came, in seconds}``, where that is known."""
        self._flush_moves()
        rows = self.env.execute_query(
            SQL(
                "SELECT lot_id, came_date FROM (%s) came WHERE came_date IS NOT NULL",
                self._came_in_sql(lots, None),
            )
        )
        return {lot_id: seconds(moment) for lot_id, moment in rows}

    @api.model
    def _linked_totals(self, lots, as_of=None):
        """Return how much there has been of lots as links tell it, for want of more.

        :return: ``{lot id: quantity}``; what was made of it, or used if that is more
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot_id, MAX(quantity)::float8 FROM (
                    SELECT lot_id, SUM(quantity) AS quantity FROM (
                        SELECT link.child_lot_id AS lot_id,
                               MAX(link.child_quantity) AS quantity
                        FROM stock_lot_link link
                        WHERE link.child_lot_id = ANY(%(lots)s) AND %(known)s
                        GROUP BY 1, COALESCE(link.produce_line_id, -link.id)
                    ) line GROUP BY 1
                    UNION ALL
                    SELECT link.parent_lot_id, SUM(link.parent_quantity)
                    FROM stock_lot_link link
                    WHERE link.parent_lot_id = ANY(%(lots)s) AND %(known)s
                    GROUP BY 1
                ) total GROUP BY 1
                """,
                lots=id_array(lots),
                known=SQL(
                    "link.company_id = ANY(%s) AND %s",
                    self.env.companies.ids,
                    until("link", as_of),
                ),
            )
        )
        return dict(rows)

    @api.model
    def _settle_totals(self, facts, edges, as_of=None):
        """Let the totals of ``facts`` count nothing twice, and return all of them.

        :param dict facts: what ``_facts`` has found; its totals are changed
        :param edges: what ``_edges`` has found of the same lots
        :return: ``{lot id: how much there has been of it}``, also of lots of which
            nothing but links is on record
        """
        pairs = [(edge.parent_id, edge.child_id) for edge in edges]
        for lot_id, returned in self._came_back(pairs, as_of).items():
            if lot_id in facts:
                facts[lot_id]["total"] -= returned.quantity
        totals = {lot_id: row["total"] for lot_id, row in facts.items()}
        linked = {lot_id for pair in pairs for lot_id in pair}
        unknown = [lot_id for lot_id in linked if not totals.get(lot_id, 1)]
        if unknown:
            totals |= self._linked_totals(unknown, as_of)
        return totals

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.genealogy.meeting_again import Use, counted_twice
from ...tools.genealogy.steps import steps_of
from .lot_sql import id_array
from .stock_lot_genealogy import BACK

#: Links of these kinds count what others of their consumed line count as well.
SIDE_BY_SIDE_KINDS = {"byproduct", "unbuild"}


class StockLotGenealogy(models.AbstractModel):
    """What several products were made of at once counts once where they meet again."""

    _inherit = "stock.lot.genealogy"

    @api.model
    def _counted_twice(self, direction, edges, totals, came):
        """Return steps of less than nothing, see ``meeting_again.py``.

        :param edges: what ``_edges`` found
        :param dict totals: ``{lot id: how much there has been of it}``
        :param dict came: ``{lot id: when it first came, in seconds}``
        """
        if not any(SIDE_BY_SIDE_KINDS.intersection(edge.kinds) for edge in edges):
            return []
        hops = [edge.hop(came.get(edge.parent_id)) for edge in edges]
        hops = counted_twice(self._uses(edges, hops), hops, totals)
        return steps_of(hops, totals, direction == BACK)

    def _uses(self, edges, hops):
        """Return a ``Use`` of each line of which several products were made here."""
        possible = {(hop.parent, hop.child): hop.is_possible for hop in hops}
        parents = {
            edge.parent_id
            for edge in edges
            if SIDE_BY_SIDE_KINDS.intersection(edge.kinds)
        }
        uses, products = {}, defaultdict(set)
        for row in self.env.execute_query(self._uses_sql(parents)):
            line_id, parent_id, quantity, child_id, product_id, *shares = row
            if (parent_id, child_id) not in possible:
                continue
            if not possible[parent_id, child_id]:
                shares[0] = 0.0
            use = uses.setdefault(line_id, Use(parent_id, quantity, {}))
            use.shares[child_id] = tuple(round(share, 9) for share in shares)
            products[line_id].add(product_id)
        return [use for line_id, use in uses.items() if len(products[line_id]) > 1]

    def _uses_sql(self, parent_ids):
        return SQL(
            """
            SELECT used.id, link.parent_lot_id, used.quantity_product_uom::float8,
                   link.child_lot_id, child.product_id,
                   (COALESCE(SUM(link.parent_quantity) FILTER (
                       WHERE link.attribution = 'exact' AND %(is_possible)s
                    ), 0) / used.quantity_product_uom)::float8,
                   (SUM(link.parent_quantity) / used.quantity_product_uom)::float8,
                   SUM(CASE WHEN link.attribution = 'exact'
                       THEN link.parent_quantity / used.quantity_product_uom
                       ELSE 1 END)::float8
            FROM stock_lot_link link
            JOIN stock_lot child ON child.id = link.child_lot_id
            JOIN stock_move_line used ON used.id = link.consume_line_id
             AND used.quantity_product_uom > 0
            WHERE link.company_id = ANY(%(company_ids)s) AND link.consume_line_id IN (
                SELECT consume_line_id FROM stock_lot_link
                WHERE parent_lot_id = ANY(%(parent_ids)s)
                  AND company_id = ANY(%(company_ids)s) AND kind = ANY(%(kinds)s)
            )
            GROUP BY used.id, link.parent_lot_id, link.child_lot_id, child.product_id
            ORDER BY used.id, link.child_lot_id
            """,
            is_possible=self._is_possible_sql("link"),
            company_ids=self.env.companies.ids,
            parent_ids=id_array(sorted(parent_ids)),
            kinds=sorted(SIDE_BY_SIDE_KINDS),
        )

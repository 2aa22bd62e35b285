from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .stock_lot_link import SUBLOT_KINDS

BACK = "back"
FORWARD = "forward"
#: direction -> (column we come from, column we go to)
_COLUMNS = {
    BACK: ("child_lot_id", "parent_lot_id"),
    FORWARD: ("parent_lot_id", "child_lot_id"),
}


class StockLotGenealogy(models.AbstractModel):
    """Questions about where lots came from and where they went.

    The only place with SQL over the genealogy. Every question is answered for many
    lots at once, for the companies the user works in, in a fixed number of queries.
    """

    _name = "stock.lot.genealogy"
    _description = "Batch Genealogy"

    @api.model
    def _edges(self, lots, direction):
        """Return all links on the way: ``[(lot id, next id, parent qty, child qty)]``.

        The walk deduplicates lots, so it ends on any graph, cycles included.
        """
        self.env["stock.lot.link"].flush_model()
        source, target = map(SQL.identifier, _COLUMNS[direction])
        return self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE reached(lot_id) AS (
                    SELECT unnest(%(lot_ids)s::int[])
                    UNION
                    SELECT link.%(target)s
                    FROM reached JOIN stock_lot_link link
                      ON link.%(source)s = reached.lot_id
                     AND link.company_id = ANY(%(company_ids)s)
                )
                SELECT link.%(source)s, link.%(target)s,
                       SUM(link.parent_quantity), SUM(link.child_quantity)
                FROM reached JOIN stock_lot_link link
                  ON link.%(source)s = reached.lot_id
                 AND link.company_id = ANY(%(company_ids)s)
                GROUP BY 1, 2
                """,
                lot_ids=lots.ids,
                source=source,
                target=target,
                company_ids=self.env.companies.ids,
            )
        )

    @api.model
    def _levels(self, lots, direction, edges=None):
        """Return ``{lot id: level}``; level 0 are ``lots``, each other its nearest.

        :param str direction: ``back`` for ancestors, ``forward`` for descendants
        """
        following = defaultdict(set)
        for source, target, *_quantities in edges or self._edges(lots, direction):
            following[source].add(target)
        levels = {}
        frontier, level = set(lots.ids), 0
        while frontier:
            levels.update(dict.fromkeys(frontier, level))
            steps = (following[lot_id] for lot_id in frontier)
            frontier = set().union(*steps) - levels.keys()
            level += 1
        return levels

    @api.model
    def _descendants(self, lots):
        """Return ``lots`` and all that was made from them, as far as the user sees."""
        ids = list(self._levels(lots, FORWARD))
        return self.env["stock.lot"].search([("id", "in", ids)])

    @api.model
    def _sublots(self, lots):
        """Return what was split off, repacked or relabelled from lots, and from those.

        :return: stock.lot, without ``lots`` themselves
        """
        self.env["stock.lot.link"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE reached(lot_id) AS (
                    SELECT unnest(%(lot_ids)s::int[])
                    UNION
                    SELECT link.child_lot_id
                    FROM reached JOIN stock_lot_link link
                      ON link.parent_lot_id = reached.lot_id
                     AND link.company_id = ANY(%(company_ids)s)
                     AND link.kind = ANY(%(kinds)s)
                )
                SELECT lot_id FROM reached WHERE lot_id <> ALL(%(lot_ids)s)
                """,
                lot_ids=lots.ids,
                company_ids=self.env.companies.ids,
                kinds=list(SUBLOT_KINDS),
            )
        )
        ids = [lot_id for (lot_id,) in rows]
        return self.env["stock.lot"].search([("id", "in", ids)])

    @api.model
    def _on_hand(self, lots):
        """Return where lots lie now: ``[(lot id, location id, quantity)]``."""
        self.env["stock.quant"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT quant.lot_id, quant.location_id, SUM(quant.quantity)
                FROM stock_quant quant
                JOIN stock_location place ON place.id = quant.location_id
                WHERE quant.lot_id = ANY(%s)
                  AND quant.company_id = ANY(%s)
                  AND place.usage IN ('internal', 'transit')
                GROUP BY 1, 2
                HAVING SUM(quant.quantity) <> 0
                ORDER BY 1, 2
                """,
                lots.ids,
                self.env.companies.ids,
            )
        )

    @api.model
    def _consignees(self, lots):
        """Return who received lots, net of what came back.

        A return counts against whoever the goods had been sent to, whichever address
        sends them back.

        :return: ``[(lot id, partner id or None, delivered, returned, last date)]``
        """
        self._flush_moves()
        return self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id,
                       CASE WHEN source.usage = 'customer'
                            THEN COALESCE(sent_picking.partner_id, sent.partner_id,
                                          picking.partner_id, move.partner_id)
                            ELSE COALESCE(picking.partner_id, move.partner_id)
                       END AS partner_id,
                       COALESCE(SUM(line.quantity_product_uom)
                           FILTER (WHERE target.usage = 'customer'), 0),
                       COALESCE(SUM(line.quantity_product_uom)
                           FILTER (WHERE source.usage = 'customer'), 0),
                       MAX(line.date) FILTER (WHERE target.usage = 'customer')
                FROM stock_move_line line
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                JOIN stock_move move ON move.id = line.move_id
                LEFT JOIN stock_picking picking ON picking.id = line.picking_id
                LEFT JOIN stock_move sent ON sent.id = move.origin_returned_move_id
                LEFT JOIN stock_picking sent_picking
                       ON sent_picking.id = sent.picking_id
                WHERE line.lot_id = ANY(%s)
                  AND line.state = 'done'
                  AND line.company_id = ANY(%s)
                  AND (source.usage = 'customer') <> (target.usage = 'customer')
                GROUP BY 1, 2
                ORDER BY 1, 2
                """,
                lots.ids,
                self.env.companies.ids,
            )
        )

    @api.model
    def _flows(self, lots):
        """Return what happened to lots, by where it came from and went.

        :return: ``{lot id: {(source usage, target usage): quantity}}``
        """
        self._flush_moves()
        flows = defaultdict(dict)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.lot_id, source.usage, target.usage,
                       SUM(line.quantity_product_uom)
                FROM stock_move_line line
                JOIN stock_location source ON source.id = line.location_id
                JOIN stock_location target ON target.id = line.location_dest_id
                WHERE line.lot_id = ANY(%s) AND line.state = 'done'
                  AND line.company_id = ANY(%s)
                  AND source.usage <> target.usage
                GROUP BY 1, 2, 3
                """,
                lots.ids,
                self.env.companies.ids,
            )
        )
        for lot_id, source, target, quantity in rows:
            flows[lot_id][source, target] = quantity
        return flows

    def _flush_moves(self):
        for model in ("stock.move.line", "stock.move", "stock.picking"):
            self.env[model].flush_model()

    # -- what screens show

    @api.model
    def _picture(self, lot, direction):
        """Return the trace of one lot, level by level.

        :return: dict with ``lot`` (a node), ``direction`` and ``levels``: a list of
            lists of nodes, nearest first. A node says its id, name, product, date,
            disposition, what of it was used or made on this way, and what is on hand.
        """
        edges = self._edges(lot, direction)
        levels = self._levels(lot, direction, edges)
        lots = self.env["stock.lot"].search([("id", "in", list(levels))])
        amounts = self._amounts(edges, direction)
        on_hand = self._sum_by_lot(self._on_hand(lots))
        nodes = defaultdict(list)
        for node in lots:
            shown = self._node(node, amounts.get(node.id), on_hand.get(node.id, 0))
            nodes[levels[node.id]].append(shown)
        return {
            "direction": direction,
            "lot": nodes.pop(0)[0],
            "levels": [nodes[level] for level in sorted(nodes)],
        }

    def _amounts(self, edges, direction):
        """Return ``{lot id: how much of it was used (back) or made (forward)}``."""
        amounts = defaultdict(float)
        for _source, target, parent_quantity, child_quantity in edges:
            if direction == BACK:
                amounts[target] += parent_quantity
            else:
                # Each ingredient's link says how much was made in all.
                amounts[target] = max(amounts[target], child_quantity)
        return amounts

    def _sum_by_lot(self, places):
        """Return ``{lot id: quantity}`` of what ``_on_hand`` has found."""
        on_hand = defaultdict(float)
        for lot_id, _location_id, quantity in places:
            on_hand[lot_id] += quantity
        return on_hand

    def _node(self, lot, amount, on_hand):
        return {
            "id": lot.id,
            "name": lot.name,
            "product": lot.product_id.display_name,
            "supplier": lot.supplier_id.display_name or "",
            "amount": amount,
            "on_hand": on_hand,
            "unit": lot.product_uom_id.name,
            "expiry": fields.Datetime.to_string(lot.expiration_date) or False,
            "disposition": lot.disposition_id.name or "",
            "color": lot.disposition_id.color,
        }

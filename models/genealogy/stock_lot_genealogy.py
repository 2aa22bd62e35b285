from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.genealogy.order import depths
from ...tools.genealogy.path_quantity import path_quantities
from ...tools.genealogy.steps import SAME_MOMENT, Hop, between, steps_of
from .lot_sql import id_array, id_list, until
from .stock_lot_link import SUBLOT_KINDS

BACK = "back"
FORWARD = "forward"
#: direction -> (column we come from, column we go to)
_COLUMNS = {
    BACK: ("child_lot_id", "parent_lot_id"),
    FORWARD: ("parent_lot_id", "child_lot_id"),
}
#: From the surest to the least sure; an edge is as sure as its least sure link.
ATTRIBUTIONS = ("exact", "proportional", "possible")


#: The links of a walk, each pair of lots once.
EDGES_SQL = """
    %(walk)s, link AS (
        SELECT link.parent_lot_id, link.child_lot_id,
               SUM(link.parent_quantity) AS parent_quantity,
               SUM(link.parent_quantity) FILTER (
                   WHERE link.attribution = 'exact' AND %(is_possible)s
               ) AS exact,
               SUM(COALESCE(used.quantity_product_uom,
                            link.parent_quantity)) AS most,
               MAX(link.child_quantity) AS child_quantity,
               CASE WHEN BOOL_AND(link.kind <> 'manual')
                   THEN MIN(link.date) END AS made,
               CASE WHEN BOOL_AND(link.kind <> 'manual')
                   THEN MAX(COALESCE(link.used_date, link.date)) END AS used,
               CASE WHEN BOOL_AND(link.kind <> 'manual') FILTER (
                       WHERE link.attribution = 'exact' AND %(is_possible)s)
                   THEN MIN(link.date) FILTER (
                       WHERE link.attribution = 'exact' AND %(is_possible)s)
                   END AS exact_made,
               CASE WHEN BOOL_AND(link.kind <> 'manual') FILTER (
                       WHERE link.attribution = 'exact' AND %(is_possible)s)
                   THEN MAX(COALESCE(link.used_date, link.date)) FILTER (
                       WHERE link.attribution = 'exact' AND %(is_possible)s)
                   END AS exact_used,
               BOOL_OR(%(is_possible)s) AS is_possible,
               MAX(CASE link.attribution WHEN 'exact' THEN 1
                   WHEN 'proportional' THEN 2 ELSE 3 END) AS doubt,
               MIN(link.kind) AS kind, MAX(link.kind) AS other_kind,
               MAX(link.equipment) AS equipment,
               MAX(link.date) AS date
        FROM reached
        JOIN stock_lot_link link ON link.%(source)s = reached.lot_id
         AND link.company_id = ANY(%(company_ids)s) AND %(period)s
        LEFT JOIN stock_move_line used ON used.id = link.consume_line_id
         AND link.attribution <> 'exact'
        GROUP BY 1, 2, link.produce_line_id
    )
    SELECT parent_lot_id, child_lot_id, SUM(parent_quantity)::float8,
           COALESCE(SUM(exact), 0)::float8, SUM(most)::float8,
           SUM(child_quantity)::float8,
           EXTRACT(EPOCH FROM CASE WHEN COUNT(made) = COUNT(*)
               THEN MIN(made) END)::float8,
           EXTRACT(EPOCH FROM CASE WHEN COUNT(used) = COUNT(*)
               THEN MAX(used) END)::float8,
           EXTRACT(EPOCH FROM CASE WHEN COUNT(exact_made) = COUNT(exact)
               THEN MIN(exact_made) END)::float8,
           EXTRACT(EPOCH FROM CASE WHEN COUNT(exact_used) = COUNT(exact)
               THEN MAX(exact_used) END)::float8,
           BOOL_OR(is_possible), MAX(doubt), MIN(kind), MAX(other_kind),
           MAX(equipment), MAX(date)
    FROM link GROUP BY 1, 2
"""


class Edge(NamedTuple):
    """All links from one parent to one child, added up."""

    parent_id: int
    child_id: int
    #: in the parent's unit: how much went in, how much of that is exact and possible by
    #: its dates, and how much it was if this child alone had all that was used beside
    #: others
    parent_quantity: float
    exact_quantity: float
    most_quantity: float
    #: in the child's unit
    child_quantity: float
    #: when the child was first made of it, when it was last used for that, in seconds;
    #: None when unknown
    made: float
    used: float
    #: the same of exact links alone
    exact_made: float
    exact_used: float
    #: False where all of the child was made before the parent was used
    is_possible: bool
    #: one of ``ATTRIBUTIONS``
    attribution: str
    kinds: list
    #: names of the work centres
    equipment: str
    date: object

    def hop(self, came=None):
        """Return the edge as a hop of a walk.

        :param came: when the parent first came, in seconds; None when unknown
        """
        is_exact_late = _is_before(self.exact_used, came)
        made, used = between(self.made, self.used)
        return Hop(
            self.parent_id,
            self.child_id,
            quantity=self.parent_quantity,
            exact=0.0 if is_exact_late else self.exact_quantity,
            most=self.most_quantity,
            made=made,
            used=used,
            is_possible=self.is_possible and not _is_before(self.used, came),
            exact_dates=between(self.exact_made, self.exact_used),
        )


def _is_before(used, came):
    """Tell whether what was used had not come; either is None when unknown."""
    return None not in (used, came) and used + SAME_MOMENT < came


class StockLotGenealogy(models.AbstractModel):
    """Walks along the links: which lots went into lots, and what these became.

    Every question is answered for many lots at once, for the companies the user works
    in, in one statement. ``lots`` are records or a list of ids; ``as_of`` (a naive UTC
    datetime) leaves out what happened later.
    """

    _name = "stock.lot.genealogy"
    _description = "Batch Genealogy"

    @api.model
    def _reach(self, lots, direction, as_of=None):
        """Return the ids of ``lots`` and of all ancestors or descendants.

        The walk keeps each lot once (``UNION``), so it ends on any graph and reads
        nothing but one covering index.
        """
        self.env["stock.lot.link"].flush_model()
        walk = self._walk_sql(lots, direction, as_of)
        [(ids,)] = self.env.execute_query(
            SQL("%s SELECT ARRAY_AGG(lot_id) FROM reached", walk)
        )
        return ids or []

    @api.model
    def _edges(self, lots, direction, as_of=None):
        """Return every ``Edge`` on the way from ``lots``, one per pair of lots."""
        self.env["stock.lot.link"].flush_model()
        rows = self.env.execute_query(self._edges_sql(lots, direction, as_of))
        return [
            Edge(
                *row,
                attribution=ATTRIBUTIONS[doubt - 1],
                kinds=sorted({kind, other_kind}),
                equipment=equipment or "",
                date=date,
            )
            for *row, doubt, kind, other_kind, equipment, date in rows
        ]

    def _edges_sql(self, lots, direction, as_of):
        source, _target = _COLUMNS[direction]
        return SQL(
            EDGES_SQL,
            walk=self._walk_sql(lots, direction, as_of),
            source=SQL.identifier(source),
            is_possible=self._is_possible_sql("link"),
            company_ids=self.env.companies.ids,
            period=until("link", as_of),
        )

    def _is_possible_sql(self, link):
        """Return whether a link's child was not made before its parent was used."""
        return SQL(
            "COALESCE(%s <= %s + MAKE_INTERVAL(secs => %s), TRUE)",
            SQL.identifier(link, "used_date"),
            SQL.identifier(link, "date"),
            SAME_MOMENT,
        )

    def _walk_sql(self, lots, direction, as_of):
        source, target = map(SQL.identifier, _COLUMNS[direction])
        return SQL(
            """
            WITH RECURSIVE reached(lot_id) AS (
                SELECT unnest(%(lot_ids)s::int[])
                UNION
                SELECT link.%(target)s
                FROM reached JOIN stock_lot_link link
                  ON link.%(source)s = reached.lot_id
                 AND link.company_id = ANY(%(company_ids)s) AND %(period)s
            )
            """,
            lot_ids=id_array(lots),
            source=source,
            target=target,
            company_ids=self.env.companies.ids,
            period=until("link", as_of),
        )

    @api.model
    def _levels(self, lots, direction, as_of=None):
        """Return ``{lot id: level}``; level 0 are ``lots``, each other its nearest.

        :param str direction: ``back`` for ancestors, ``forward`` for descendants
        """
        self.env["stock.lot.link"].flush_model()
        source, target = _COLUMNS[direction]
        hops = self.env.execute_query(
            SQL(
                """
                %(walk)s
                SELECT link.%(source)s, link.%(target)s
                FROM reached JOIN stock_lot_link link
                  ON link.%(source)s = reached.lot_id
                 AND link.company_id = ANY(%(company_ids)s) AND %(period)s
                """,
                walk=self._walk_sql(lots, direction, as_of),
                source=SQL.identifier(source),
                target=SQL.identifier(target),
                company_ids=self.env.companies.ids,
                period=until("link", as_of),
            )
        )
        return depths(id_list(lots), hops)

    @api.model
    def _steps(self, direction, edges, totals=None, came=None):
        """Return edges as the steps of a walk, see ``tools/genealogy/steps.py``.

        :param edges: what ``_edges`` found
        :param dict totals: ``{lot id: how much there has been of it}``
        :param dict came: ``{lot id: when it first came, in seconds}``
        """
        came = came or {}
        hops = [edge.hop(came.get(edge.parent_id)) for edge in edges]
        return steps_of(hops, totals, direction == BACK)

    @api.model
    def _path_quantities(self, lots, direction, steps, totals, less=()):
        """Return ``{lot id: Reached}``, see ``tools/genealogy/path_quantity.py``.

        :param steps: what ``_steps`` made of all edges from ``lots`` in ``direction``
        :param dict totals: ``{lot id: how much there has been of it}``
        :param less: what ``_counted_twice`` found in them
        """
        return path_quantities(id_list(lots), steps, totals, direction == BACK, less)

    @api.model
    def _descendants(self, lots):
        """Return ``lots`` and all that was made from them, as far as the user sees."""
        return self.env["stock.lot"].search([("id", "in", self._reach(lots, FORWARD))])

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
                lot_ids=id_array(lots),
                company_ids=self.env.companies.ids,
                kinds=list(SUBLOT_KINDS),
            )
        )
        ids = [lot_id for (lot_id,) in rows]
        return self.env["stock.lot"].search([("id", "in", ids)])

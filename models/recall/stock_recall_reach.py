from collections import defaultdict
from datetime import datetime, time, timedelta

from pytz import utc

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.genealogy.steps import SAME_MOMENT, between
from ...tools.recall.reach import Way, reach
from ..genealogy.lot_sql import id_array, id_list
from ..genealogy.stock_lot_genealogy import BACK, FORWARD

_NONE = SQL("SELECT 0 AS lot_id, 1 AS scope, FALSE AS is_too_early WHERE FALSE")


class StockRecall(models.Model):
    """Which lots a recall reaches, in each of its scopes; see ``tools/recall/reach``.

    Only what is asked is read: tens of thousands of lots before anybody has decided.
    """

    _inherit = "stock.recall"

    @api.model
    def _reached(self, lots, left_out=()):
        """Return what a recall of ``lots`` reaches, for the user's companies.

        :param lots: stock.lot, or ids
        :param left_out: lots, or ids, that nothing goes on through
        :return: ``{lot id: Found}``
        """
        return reach(id_list(lots), self._ways(lots), set(id_list(left_out)))

    @api.model
    def _ways(self, lots):
        """Return every ``Way`` from ``lots`` on, one per pair of lots."""
        starts = id_list(lots)
        self.env["stock.lot.link"].flush_model()
        walk = self.env["stock.lot.genealogy"]._walk_sql(starts, FORWARD, None)
        rows = self.env.execute_query(self._ways_sql(walk))
        # What came by a link has come when that link says.
        undated = {
            child for _parent, child, *_more, made, _used, _sane in rows if not made
        }
        came = self.env["stock.lot.trace"]._came_seconds([*starts, *undated])
        return [_way(row, came.get(row[0])) for row in rows]

    def _ways_sql(self, walk):
        """Return the query of each pair of lots on the way, its links added up.

        Dates that people typed contradict nothing, as in ``Edge``.
        """
        is_possible = self.env["stock.lot.genealogy"]._is_possible_sql("link")
        return SQL(
            """
            %(walk)s
            SELECT link.parent_lot_id, link.child_lot_id,
                   MIN(CASE link.attribution WHEN 'exact' THEN 1
                       WHEN 'proportional' THEN 2 ELSE 3 END),
                   BOOL_OR(link.attribution = 'exact' AND %(is_possible)s),
                   EXTRACT(EPOCH FROM CASE
                       WHEN BOOL_AND(link.kind <> 'manual') FILTER (%(exact)s)
                       THEN MIN(link.date) FILTER (%(exact)s) END)::float8,
                   EXTRACT(EPOCH FROM CASE
                       WHEN BOOL_AND(link.kind <> 'manual') FILTER (%(exact)s)
                       THEN MAX(COALESCE(link.used_date, link.date))
                           FILTER (%(exact)s) END)::float8,
                   EXTRACT(EPOCH FROM CASE WHEN BOOL_AND(link.kind <> 'manual')
                       THEN MIN(link.date) END)::float8,
                   EXTRACT(EPOCH FROM CASE WHEN BOOL_AND(link.kind <> 'manual')
                       THEN MAX(COALESCE(link.used_date, link.date)) END)::float8,
                   BOOL_OR(%(is_possible)s)
            FROM reached
            JOIN stock_lot_link link ON link.parent_lot_id = reached.lot_id
             AND link.company_id = ANY(%(company_ids)s)
            GROUP BY 1, 2
            """,
            walk=walk,
            is_possible=is_possible,
            exact=SQL("WHERE link.attribution = 'exact' AND %s", is_possible),
            company_ids=self.env.companies.ids,
        )

    @api.model
    def _lots_of_days(self, product, first, last):
        """Return the lots of a product that were made or received in some days.

        :param date first: days in the zone of the active company; False for any before
        :param date last: the last of them; False for any after
        :return: stock.lot; those of a known production day count by that, and without
            any day all lots of the product
        """
        mine = Domain("product_id", "=", product.id)
        lots = self.env["stock.lot"]
        if not (first or last):
            return lots.search(mine)
        received = self.env["stock.move.line"]._read_group(
            mine
            & Domain("state", "=", "done")
            & Domain("lot_id.production_date", "=", False)
            & Domain("location_id.usage", "in", ("supplier", "production"))
            & self._moments_of_days(first, last),
            ["lot_id"],
        )
        made = lots.search(mine & _days("production_date", first, last))
        return made.union(*(lot for (lot,) in received))

    @api.model
    def _lots_of_equipment(self, name, first, last):
        """Return the lots that were made on a line or work center in some days.

        :param str name: of it, or a part of the name
        :param date first: days in the zone of the active company; False for any before
        :param date last: the last of them; False for any after
        :return: stock.lot, by their production date or the date of what was made
        """
        lots = self.env["stock.lot"]
        links = Domain("equipment", "ilike", name) & self._moments_of_days(first, last)
        made = Domain("production_line", "ilike", name)
        made &= _days("production_date", first, last)
        by_links = self.env["stock.lot.link"].search(links).child_lot_id
        return lots.search(made) | by_links._filtered_access("read")

    @api.model
    def _moments_of_days(self, first, last):
        """Return the domain on ``date`` of days of the company, each may be open."""
        zone = self.env.company._zone()
        since, until = (
            day and zone.localize(datetime.combine(day, time.min)).astimezone(utc)
            for day in (first, last and last + timedelta(days=1))
        )
        domain = Domain.TRUE
        if since:
            domain &= Domain("date", ">=", since.replace(tzinfo=None))
        if until:
            domain &= Domain("date", "<", until.replace(tzinfo=None))
        return domain

    @api.model
    def _common_ancestors(self, lots):
        """Return the lots that each of ``lots`` was made from, whatever the way.

        None of ``lots`` themselves; nothing where only one is named.
        """
        if len(lots) <= 1:  # what one batch was made from it shares with nobody
            return lots.browse()
        genealogy = self.env["stock.lot.genealogy"]
        common = None
        for lot in lots:
            reached = set(id_list(genealogy._reach(lot, BACK)))
            common = reached if common is None else common & reached
        return lots.search([("id", "in", list(common - set(lots.ids)))])

    def _affected_sql(self, found):
        """Return the table ``affected(lot_id, product_id, scope, is_too_early)``.

        Lots that the user's record rules hide are left out.

        :param dict found: what ``_reached`` has found
        """
        for model in ("stock.lot", "product.product"):
            self.env[model].flush_model()
        alike = defaultdict(list)
        for lot_id, each in found.items():
            alike[each.scope, each.is_too_early].append(lot_id)
        rows = [
            SQL(
                "SELECT unnest(%s) AS lot_id, %s AS scope, %s AS is_too_early",
                id_array(lot_ids),
                *group,
            )
            for group, lot_ids in alike.items()
        ]
        query = self.env["stock.lot"].with_context(active_test=False)._search([])
        return SQL(
            """
            SELECT stock_lot.id AS lot_id, stock_lot.product_id, found.scope,
                   found.is_too_early
            FROM (%(found)s) found, %(from)s
            WHERE stock_lot.id = found.lot_id AND %(rules)s
            """,
            **{"from": query.from_clause},
            found=SQL(" UNION ALL ").join(rows) if rows else _NONE,
            rules=query.where_clause or SQL("TRUE"),
        )


def _days(name, first, last):
    """Return the domain of a day from ``first`` to ``last``, each may be open."""
    since = Domain(name, ">=", first) if first else Domain.TRUE
    return since & Domain(name, "<=", last) if last else since


def _way(row, came):
    """Return a row of ``_ways_sql`` as a ``Way``.

    :param came: when the parent first came, in seconds; None when unknown
    """
    parent, child, doubt, is_certain, *exact, made, used, is_possible = row
    dates, exact_dates = between(made, used), between(*exact)
    if came is not None:
        is_possible = is_possible and dates[1] + SAME_MOMENT >= came
        is_certain = is_certain and exact_dates[1] + SAME_MOMENT >= came
    return Way(
        parent,
        child,
        doubt,
        is_certain,
        *dates,
        is_possible,
        exact_dates if is_certain and exact_dates != dates else None,
    )

"""Reads free quants in a given order, a few at a time. Plain Python, not a model."""

from datetime import timedelta

from odoo.tools import SQL

from ...tools.days import local_day, start_of
from ...tools.removal.ordering import Candidate, in_order
from ...tools.removal.reservation import ScannedQuant

#: How many quants are read first: nearly always enough, and what a record keeps.
FIRST_READ = 40
GROWTH = 8

#: What candidates compare, all of it stored on stock.quant.
CANDIDATE_FIELDS = tuple(set(Candidate._fields) - {"key", "id"})

ALWAYS = SQL("TRUE")


def none_of(conditions):
    """Return SQL that holds where no condition does; NULL counts as not holding."""
    if not conditions:
        return ALWAYS
    return SQL(" AND ").join(SQL("(%s) IS NOT TRUE", each) for each in conditions)


class QuantReader:
    """Quants of one scope that have something free.

    What is free is written exactly as in the predicate of the indexes of
    ``stock.quant``: only then does PostgreSQL read them.

    :param product: product.product
    :param Query query: the scope, eligible or not
    :param exclusions: ``[(code, SQL)]``, see ``stock.removal._exclusions``
    :param bool wide: whether the scope may hold thousands of quants
    :param zone: time zone of pytz in which days are counted
    """

    def __init__(self, product, query, exclusions, *, wide, zone):
        self.env = product.env
        self.product = product
        self.zone = zone
        #: Whether anything of the product is reserved twice, None until it is known.
        self.is_over_reserved = None
        self.query = query
        self.exclusions = exclusions
        self.quantity = self.column("quantity")
        self.reserved = self.column("reserved_quantity")
        self.free = SQL("%s > %s", self.quantity, self.reserved)
        self.scope = self._wide_scope() if wide else query.where_clause
        self.eligible = none_of([condition for _code, condition in exclusions])

    def _wide_scope(self):
        """Return the condition of a scope that may hold thousands of quants.

        Shown the condition on locations, PostgreSQL believes that few quants meet it,
        and sorts all of them instead of walking along the index.
        """
        return SQL(
            "%s = %s AND COALESCE(%s, FALSE)",
            self.column("product_id"),
            self.product.id,
            self.query.where_clause,
        )

    def column(self, name):
        """Return the SQL of a stored field of stock.quant."""
        quants = self.env["stock.quant"]
        return quants._field_to_sql(self.query.table, name, self.query)

    def known(self, name):
        """Return the condition that a quant has a value; a cost of 0 is none."""
        column = self.column(name)
        if self.env["stock.quant"]._fields[name].type in ("float", "monetary"):
            return SQL("%s > 0", column)
        return SQL("%s IS NOT NULL", column)

    def in_order(self, condition, order):
        """Yield quants that meet ``condition``, skipped ones of the first read too.

        :param SQL order: ORDER BY
        """
        first = self._read(condition, order, FIRST_READ)
        yield from first
        if len(first) < FIRST_READ:
            return
        seen = {quant.quant_id for quant in first}
        limit, count = FIRST_READ, FIRST_READ
        condition = SQL("%s AND %s", condition, self.eligible)
        while count == limit:
            limit *= GROWTH
            quants = self._read(condition, order, limit)
            count = len(quants)
            yield from (quant for quant in quants if quant.quant_id not in seen)
            seen.update(quant.quant_id for quant in quants)

    def similar(self, condition, ordering, window_days):
        """Yield quants whose expiry is known, in groups of similar dates.

        :param Ordering ordering: one that is ``similar`` in a field
        :param float window_days: how far a group reaches from its earliest, in days
            from date to date
        """
        date = self.column(ordering.similar)
        by_date = SQL("%s, %s", date, self.column("id"))
        rest = SQL("%s AND %s IS NOT NULL", condition, date)
        while True:
            earliest = self._read(rest, by_date, FIRST_READ, ordering)
            yield from (quant for quant in earliest if quant.skipped)
            if len(earliest) < FIRST_READ:
                # Small stocks are known by now: no need to ask again.
                fit = [quant.candidate for quant in earliest if not quant.skipped]
                ordered = in_order(fit, ordering, window_days, self.zone)
                yield from (candidate.key for candidate in ordered)
                return
            first = self.first_value(rest, ordering.similar, by_date)
            if first is None:
                return
            _begin, end = self.window(first, window_days)
            group = SQL("%s AND %s >= %s AND %s < %s", rest, date, first, date, end)
            yield from self.in_order(group, self.order_by(ordering))
            rest = SQL("%s AND %s >= %s", rest, date, end)

    def window(self, moment, days):
        """Return when the days around ``moment`` begin and end, in naive UTC.

        :param float days: so many before its day and after it; a part of a day is none
        :return: the first moment, and the first one after
        """
        day, reach = local_day(moment, self.zone), timedelta(days=int(days))
        after = day + reach + timedelta(days=1)
        return start_of(day - reach, self.zone), start_of(after, self.zone)

    def order_by(self, ordering):
        """Return the ORDER BY of an ``Ordering``, among similar ones if it has such."""
        return SQL(", ").join(
            SQL("%s DESC" if falling else "%s", self.column(name))
            for name, falling in ordering.terms()
        )

    def one_lot(self, condition, ordering, demand):
        """Return the first lot that covers ``demand`` alone, None if there is none."""
        lot = self.column("lot_id")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(lot)s FROM %(quants)s
                WHERE %(scope)s AND %(free)s AND %(eligible)s AND %(condition)s
                  AND %(lot)s IS NOT NULL
                GROUP BY %(lot)s HAVING SUM(%(quantity)s - %(reserved)s) >= %(demand)s
                ORDER BY %(ends)s LIMIT 1
                """,
                lot=lot,
                quants=self.query.from_clause,
                scope=self.scope,
                free=self.free,
                eligible=self.eligible,
                condition=condition,
                quantity=self.quantity,
                reserved=self.reserved,
                demand=demand,
                ends=self._order_of_lots(ordering),
            )
        )
        return rows[0][0] if rows else None

    def _order_of_lots(self, ordering):
        """Return the ORDER BY of lots: of each counts what comes first of it."""
        return SQL(", ").join(
            SQL("MAX(%s) DESC" if falling else "MIN(%s)", self.column(name))
            for name, falling in ordering.terms()
        )

    def first_value(self, condition, name, order):
        """Return the value of field ``name`` of the first eligible quant, or None."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %(value)s FROM %(quants)s WHERE %(scope)s AND %(free)s"
                " AND %(eligible)s AND %(condition)s ORDER BY %(order)s LIMIT 1",
                value=self.column(name),
                quants=self.query.from_clause,
                scope=self.scope,
                free=self.free,
                eligible=self.eligible,
                condition=condition,
                order=order,
            )
        )
        return rows[0][0] if rows else None

    def over_reserved(self):
        """Return the ids of over-reserved quants, and how much is missing in all.

        :return: ``([quant id], quantity in the product's unit)``
        """
        if self.is_over_reserved is False:
            return [], 0
        rows = self.env.execute_query(
            SQL(
                "SELECT %(id)s, %(quantity)s - %(reserved)s FROM %(quants)s"
                " WHERE %(scope)s AND %(quantity)s < %(reserved)s",
                id=self.column("id"),
                quantity=self.quantity,
                reserved=self.reserved,
                quants=self.query.from_clause,
                scope=self.scope,
            )
        )
        return [id_ for id_, _free in rows], -sum(free for _id, free in rows)

    def _read(self, condition, order, limit, ordering=None):
        """Return the first ``limit`` quants, with what an ``Ordering`` compares."""
        fields = CANDIDATE_FIELDS if ordering else ()
        rows = self.env.execute_query(
            SQL(
                "SELECT %(columns)s FROM %(quants)s"
                " WHERE %(scope)s AND %(free)s AND %(condition)s"
                " ORDER BY %(order)s LIMIT %(limit)s",
                columns=self._columns_to_read(fields),
                quants=self.query.from_clause,
                scope=self.scope,
                free=self.free,
                condition=condition,
                order=order,
                limit=limit,
            )
        )
        if rows and self.is_over_reserved is None:
            self.is_over_reserved = rows[0][5]
        return [self._as_scanned(row, fields) for row in rows]

    def _columns_to_read(self, fields):
        looks = self.is_over_reserved is None
        return SQL(", ").join(
            [
                self.column("id"),
                self.column("lot_id"),
                SQL("%s - %s", self.quantity, self.reserved),
                self._reason(),
                self.column("useful_until"),
                self._any_over_reserved() if looks else SQL("TRUE"),
                *map(self.column, fields),
            ]
        )

    @staticmethod
    def _as_scanned(row, fields):
        quant = ScannedQuant(*row[:5])
        if not fields:
            return quant
        values = dict(zip(fields, row[6:], strict=True))
        candidate = Candidate(key=quant, id=quant.quant_id, **values)
        return quant._replace(candidate=candidate)

    def _any_over_reserved(self):
        return SQL(
            "EXISTS (SELECT FROM stock_quant short WHERE short.product_id = %s"
            " AND short.quantity < short.reserved_quantity)",
            self.product.id,
        )

    def _reason(self):
        if not self.exclusions:
            return SQL("NULL")
        cases = [SQL("WHEN %s THEN %s", sql, code) for code, sql in self.exclusions]
        return SQL("CASE %s END", SQL(" ").join(cases))

"""Reads free quants in a given order, a few at a time. Plain Python, not a model."""

from datetime import timedelta

from odoo.tools import SQL

from ...tools.removal.ordering import Candidate, in_order
from ...tools.removal.reservation_need import Read

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


class Reader:
    """Quants of one scope that have something free.

    What is free is written exactly as in the predicate of the indexes of
    ``stock.quant``: only then does PostgreSQL read them.

    :param product: product.product
    :param Query query: the scope, eligible or not
    :param exclusions: ``[(code, SQL)]``, see ``stock.removal._exclusions``
    :param bool wide: whether the scope may hold thousands of quants
    """

    def __init__(self, product, query, exclusions, wide):
        self.env = product.env
        self.product = product
        self.lacks = None  # whether anything of the product is lent twice
        self.query = query
        self.exclusions = exclusions
        self.free = SQL("%s > %s", *self._quantities())
        self.scope = query.where_clause
        if wide:
            # Shown the condition on locations, PostgreSQL believes that few quants
            # meet it, and sorts all of them instead of walking along the index.
            self.scope = SQL(
                "%s = %s AND COALESCE(%s, FALSE)",
                *(self.column("product_id"), product.id, query.where_clause),
            )
        self.eligible = none_of([condition for _code, condition in exclusions])

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
        seen = {read.quant_id for read in first}
        limit, count = FIRST_READ, FIRST_READ
        condition = SQL("%s AND %s", condition, self.eligible)
        while count == limit:
            limit *= GROWTH
            reads = self._read(condition, order, limit)
            count = len(reads)
            yield from (read for read in reads if read.quant_id not in seen)
            seen.update(read.quant_id for read in reads)

    def similar(self, condition, ordering, window_days):
        """Yield quants whose expiry is known, in groups of similar dates.

        :param Ordering ordering: one that is ``similar`` in a field
        :param float window_days: how far a group reaches from its earliest
        """
        date = self.column(ordering.similar)
        by_date = SQL("%s, %s", date, self.column("id"))
        rest = SQL("%s AND %s IS NOT NULL", condition, date)
        while True:
            look = self._read(rest, by_date, FIRST_READ, ordering)
            yield from (read for read in look if read.skipped)
            fit = [read.candidate for read in look if not read.skipped]
            if len(look) < FIRST_READ:
                # Small stocks are known by now: no need to ask again.
                yield from (each.key for each in in_order(fit, ordering, window_days))
                return
            first = self.first_value(rest, ordering.similar, by_date)
            if first is None:
                return
            end = first + timedelta(days=window_days)
            group = SQL("%s AND %s >= %s AND %s <= %s", rest, date, first, date, end)
            yield from self.in_order(group, self.order_by(ordering))
            rest = SQL("%s AND %s > %s", rest, date, end)

    def order_by(self, ordering):
        """Return the ORDER BY of an ``Ordering``, among similar ones if it has such."""
        return SQL(", ").join(
            SQL("%s DESC" if falling else "%s", self.column(name))
            for name, falling in ordering.terms()
        )

    def one_lot(self, condition, ordering, demand):
        """Return the first lot that covers ``demand`` alone, None if there is none."""
        lot = self.column("lot_id")
        ends = [
            SQL("MAX(%s) DESC" if falling else "MIN(%s)", self.column(name))
            for name, falling in ordering.terms()
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s AND %s AND %s AND %s AND %s IS NOT NULL"
                " GROUP BY %s HAVING SUM(%s - %s) >= %s ORDER BY %s LIMIT 1",
                *(lot, self.query.from_clause, self.scope),
                *(self.free, self.eligible, condition, lot, lot),
                *self._quantities(),
                *(demand, SQL(", ").join(ends)),
            )
        )
        return rows[0][0] if rows else None

    def first_value(self, condition, name, order):
        """Return the value of field ``name`` of the first eligible quant, or None."""
        rows = self.env.execute_query(
            self._first_of(condition, self.column(name), order)
        )
        return rows[0][0] if rows else None

    def lacking(self):
        """Return the ids of quants that lack something, and how much all of them do."""
        if self.lacks is False:
            return [], 0
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s - %s FROM %s WHERE %s AND %s < %s",
                self.column("id"),
                *self._quantities(),
                *(self.query.from_clause, self.scope),
                *self._quantities(),
            )
        )
        return [id_ for id_, _lack in rows], -sum(lack for _id, lack in rows)

    def _quantities(self):
        return self.column("quantity"), self.column("reserved_quantity")

    def _first_of(self, condition, column, order):
        return SQL(
            "SELECT %s FROM %s WHERE %s AND %s AND %s AND %s ORDER BY %s LIMIT 1",
            *(column, self.query.from_clause, self.scope),
            *(self.free, self.eligible, condition, order),
        )

    def _read(self, condition, order, limit, ordering=None):
        """Return the first ``limit`` quants as ``Read``, with what they compare."""
        fields = CANDIDATE_FIELDS if ordering else ()
        columns = [
            *(self.column("id"), self.column("lot_id")),
            *(SQL("%s - %s", *self._quantities()), self._reason()),
            self.column("useful_until"),
            self._any_lacking() if self.lacks is None else SQL("TRUE"),
            *map(self.column, fields),
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s AND %s AND %s ORDER BY %s LIMIT %s",
                *(SQL(", ").join(columns), self.query.from_clause, self.scope),
                *(self.free, condition, order, limit),
            )
        )
        if rows and self.lacks is None:
            self.lacks = rows[0][5]
        return [self._as_read(row, fields) for row in rows]

    @staticmethod
    def _as_read(row, fields):
        read = Read(*row[:5])
        if not fields:
            return read
        values = dict(zip(fields, row[6:], strict=True))
        return read._replace(candidate=Candidate(key=read, id=read.quant_id, **values))

    def _any_lacking(self):
        return SQL(
            "EXISTS (SELECT FROM stock_quant lacking WHERE lacking.product_id = %s"
            " AND lacking.quantity < lacking.reserved_quantity)",
            self.product.id,
        )

    def _reason(self):
        if not self.exclusions:
            return SQL("NULL")
        cases = [SQL("WHEN %s THEN %s", sql, code) for code, sql in self.exclusions]
        return SQL("CASE %s END", SQL(" ").join(cases))

"""Reads free quants in a given order, a few at a time. Plain Python, not a model."""

from datetime import timedelta

from odoo.tools import SQL

from ..tools.need import Read

#: How many quants are read first: nearly always enough, and what a record keeps.
FIRST_READ = 40
GROWTH = 8

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

    :param env: Odoo environment
    :param Query query: the scope, eligible or not
    :param exclusions: ``[(code, SQL)]``, see ``stock.removal._exclusions``
    """

    def __init__(self, env, query, exclusions):
        self.env = env
        self.query = query
        self.exclusions = exclusions
        self.free = SQL("%s > %s", *self._quantities())
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

    def similar(self, condition, field, window_days, order):
        """Yield quants whose date ``field`` is known, in groups of similar dates.

        :param str field: date by which groups are made, each from its earliest
        :param float window_days: how far a group reaches
        :param SQL order: ORDER BY within a group
        """
        date = self.column(field)
        by_date = SQL("%s, %s", date, self.column("id"))
        condition = SQL("%s AND %s IS NOT NULL", condition, date)
        # What is skipped before the first group belongs to the record.
        first = self._read(condition, by_date, FIRST_READ)
        yield from (read for read in first if read.skipped)
        rest = SQL("%s AND %s", condition, self.eligible)
        while anchor := self._first(rest, date, by_date):
            end = anchor + timedelta(days=window_days)
            group = SQL("%s AND %s >= %s AND %s <= %s", rest, date, anchor, date, end)
            yield from self.in_order(group, order)
            rest = SQL("%s AND %s AND %s > %s", condition, self.eligible, date, end)

    def one_lot(self, condition, terms, demand):
        """Return the first lot that covers ``demand`` alone, None if there is none.

        :param terms: ``[(field, whether from high to low)]`` of its ORDER BY
        """
        lot = self.column("lot_id")
        ends = [
            SQL("MAX(%s) DESC" if falling else "MIN(%s)", self.column(name))
            for name, falling in terms
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s AND %s AND %s AND %s IS NOT NULL"
                " GROUP BY %s HAVING SUM(%s - %s) >= %s ORDER BY %s LIMIT 1",
                *(lot, self.query.from_clause, self.query.where_clause),
                *(self.free, self.eligible, condition, lot, lot),
                *self._quantities(),
                *(demand, SQL(", ").join(ends)),
            )
        )
        return rows[0][0] if rows else None

    def first_value(self, condition, name, order):
        """Return the value of field ``name`` of the first eligible quant."""
        condition = SQL("%s AND %s", condition, self.eligible)
        return self._first(condition, self.column(name), order)

    def negative(self):
        """Return the ids of quants that lack something, and how much all of them do."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s - %s FROM %s WHERE %s AND %s < %s",
                self.column("id"),
                *self._quantities(),
                *(self.query.from_clause, self.query.where_clause),
                *self._quantities(),
            )
        )
        return [id_ for id_, _lack in rows], -sum(lack for _id, lack in rows)

    def _quantities(self):
        return self.column("quantity"), self.column("reserved_quantity")

    def _first(self, condition, column, order):
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s AND %s AND %s ORDER BY %s LIMIT 1",
                *(column, self.query.from_clause, self.query.where_clause),
                *(self.free, condition, order),
            )
        )
        return rows[0][0] if rows else None

    def _read(self, condition, order, limit):
        columns = (self.column("id"), self.column("lot_id"))
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s, %s - %s, %s FROM %s WHERE %s AND %s AND %s"
                " ORDER BY %s LIMIT %s",
                *columns,
                *self._quantities(),
                *(self._reason(), self.query.from_clause, self.query.where_clause),
                *(self.free, condition, order, limit),
            )
        )
        return [Read(*row) for row in rows]

    def _reason(self):
        if not self.exclusions:
            return SQL("NULL")
        cases = [SQL("WHEN %s THEN %s", sql, code) for code, sql in self.exclusions]
        return SQL("CASE %s END", SQL(" ").join(cases))

"""A large database made of one real case: rows are copied, with all their links."""

from odoo.tools import SQL


class Clones:
    """Copies of rows: what had id i has i + n * stride in the n-th copy."""

    def __init__(self, env, count):
        self.env = env
        self.count = count
        self.stride = 0

    def clone(self, tables):
        """Copy the rows of ``{table: (ids, columns that point at other copies)}``.

        Names get the number of their copy, so that they stay unique.
        """
        self.env.flush_all()
        self.stride = max(self._highest_id(table) for table in tables) + 1
        for table, (ids, links) in tables.items():
            self._clone_rows(table, ids, links)
            self.env.cr.execute(
                SQL(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                    table,
                    self.stride * (self.count + 1),
                )
            )
        self.env.invalidate_all()

    def clone_relation(self, table, columns, ids):
        """Copy the rows of a relation table whose first column is one of ``ids``."""
        first, second = map(SQL.identifier, columns)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(first)s, %(second)s)"
                " SELECT %(first)s + n * %(stride)s, %(second)s + n * %(stride)s"
                " FROM %(table)s, generate_series(1, %(count)s) n"
                " WHERE %(first)s = ANY(%(ids)s)",
                table=SQL.identifier(table),
                first=first,
                second=second,
                stride=self.stride,
                count=self.count,
                ids=list(ids),
            )
        )

    def _highest_id(self, table):
        query = SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table))
        return self.env.execute_query(query)[0][0]

    def _clone_rows(self, table, ids, links):
        columns = self._columns(table)
        values = [self._value(name, links) for name in columns]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s,"
                " generate_series(1, %s) n WHERE id = ANY(%s)",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(values),
                SQL.identifier(table),
                self.count,
                list(ids),
            )
        )

    def _columns(self, table):
        rows = self.env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s ORDER BY ordinal_position",
                table,
            )
        )
        return [name for (name,) in rows]

    def _value(self, name, links):
        column = SQL.identifier(name)
        if name == "id" or name in links:
            return SQL("%s + n * %s", column, self.stride)
        if name == "name":
            return SQL("%s || '-' || n", column)
        return column

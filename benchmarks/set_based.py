"""Writes copies of a record set-based, past the ORM: for data of benchmarks only."""

from odoo.tools import SQL


class SetBased:
    """What writes many rows at once; whoever extends it has ``env`` and ``cr``."""

    def _reserve(self, table, count):
        """Return the first of ``count`` ids that nobody else will get."""
        sequence = f"{table}_id_seq"
        [(first,)] = self.env.execute_query(SQL("SELECT nextval(%s)", sequence))
        self.cr.execute(SQL("SELECT setval(%s, %s)", sequence, first + count))
        return first

    def _copy(self, table, template_id, rows, **changed):
        """Copy one record once per row, with other values in some columns."""
        self.cr.execute(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND is_generated = 'NEVER'",
                table,
            )
        )
        columns = [name for (name,) in self.cr.fetchall()]
        values = [
            changed.get(name, SQL.identifier("template", name)) for name in columns
        ]
        self.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s, %s template"
                " WHERE template.id = %s",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(values),
                rows,
                SQL.identifier(table),
                template_id,
            )
        )


def as_copy_line(row):
    return "\t".join("\\N" if part is None else str(part) for part in row) + "\n"

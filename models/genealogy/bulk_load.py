"""Fill a table faster than row by row: without its indexes and foreign keys.

They are made anew at the end, which costs one pass each and checks every row.
"""

from contextlib import contextmanager

from psycopg2 import sql

#: Sorting in memory is what makes the difference.
_MEMORY = ("work_mem", "maintenance_work_mem")
_FOREIGN_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'f'
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = %s::regclass AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


@contextmanager
def bare(cursor, *tables):
    """Take indexes and foreign keys off ``tables`` meanwhile; others have to wait.

    :param cursor: an open psycopg2 cursor, in the transaction that fills the tables
    """
    restored = [statement for table in tables for statement in _strip(cursor, table)]
    for setting in _MEMORY:
        cursor.execute(f"SET LOCAL {setting} = '128MB'")
    yield
    for statement in restored:
        cursor.execute(statement)
    for setting in _MEMORY:
        cursor.execute(f"SET LOCAL {setting} TO DEFAULT")


def _strip(cursor, table):
    """Drop what slows writing; return the statements that bring it back."""
    name = sql.Identifier(table)
    restored = []
    cursor.execute(_INDEXES, [table])
    for index, definition in cursor.fetchall():
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(index)))
        restored.append(sql.SQL(definition))
    cursor.execute(_FOREIGN_KEYS, [table])
    for key, definition in cursor.fetchall():
        parts = name, sql.Identifier(key)
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
        add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        cursor.execute(drop.format(*parts))
        restored.append(add.format(*parts, sql.SQL(definition)))
    return restored

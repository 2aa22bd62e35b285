"""Pieces of SQL that every question about many lots is made of.

``lots`` are records of stock.lot or a list of ids.
"""

from odoo.tools import SQL


def id_list(lots):
    """Return the ids of lots as a list."""
    return list(getattr(lots, "ids", lots))


def id_array(lots):
    """Return lots as an SQL array.

    It is one text, which PostgreSQL reads far faster than an expression for each of
    tens of thousands of ids.
    """
    text = str(id_list(lots))
    return SQL("%s::int[]", f"{{{text[1:-1]}}}")


def id_lookup(lots):
    """Return lots as an SQL array that the planner does not look into.

    To guess how many rows tens of thousands of ids have takes it longer than to read
    them; for a lookup by an index the guess is of no use.
    """
    return SQL("(SELECT %s)::int[]", id_array(lots))


def until(table, as_of):
    """Return the condition that a row of ``table`` is no later than ``as_of``.

    :param as_of: naive UTC datetime; None for no condition
    """
    if not as_of:
        return SQL("TRUE")
    return SQL("%s <= %s", SQL.identifier(table, "date"), as_of)

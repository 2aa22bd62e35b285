"""How PostgreSQL joins rows of which it has no statistics yet."""

from contextlib import contextmanager

from odoo.tools import SQL

_SET = "SELECT set_config('enable_nestloop', %s, true)"


@contextmanager
def hashed_joins(cr):
    """Let queries join large sets by hashing them, until the block ends.

    Rows that this transaction has written are unknown to the planner: it takes
    thousands for one, and compares each with each.
    """
    cr.execute(SQL(_SET, "off"))
    yield
    # Not where it fails: then the transaction takes no further query.
    cr.execute(SQL(_SET, "on"))

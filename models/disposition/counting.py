"""Whether stock is being counted. Not a model.

Core marks movements of a count by a field that anybody may write, or bring along by a
context or a default. So what counts is an object: only applying a count opens it.
"""

from contextlib import contextmanager
from weakref import WeakKeyDictionary

#: How many counts are being applied in each transaction, by its cursor.
_OPEN = WeakKeyDictionary()


@contextmanager
def counting(cr):
    """Let the movements that are carried out meanwhile be a count."""
    _OPEN[cr] = _OPEN.get(cr, 0) + 1
    try:
        yield
    finally:
        _OPEN[cr] -= 1


def is_counting(cr):
    """Tell whether a count is being applied in a transaction."""
    return bool(_OPEN.get(cr))

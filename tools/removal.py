"""Orders in which lots leave the stock.

FEMAL - *first expiry, minimum available lifetime*: lots go out in order of expiry;
lots whose expiry lies close together count as the same, and among them the one with
the shortest remaining useful life goes first, then the oldest. Closeness is counted
from the earliest expiry of the group, so a chain of small steps never grows into one
endless group.

>>> from datetime import datetime as d
>>> early = Candidate("A", d(2030, 1, 10), d(2030, 1, 9), d(2029, 1, 1))
>>> tired = Candidate("B", d(2030, 1, 11), d(2030, 1, 5), d(2029, 1, 2))
>>> late = Candidate("C", d(2030, 2, 1), d(2030, 1, 2), d(2029, 1, 3))
>>> [lot.key for lot in femal([late, early, tired], window_days=3)]
['B', 'A', 'C']
>>> [lot.key for lot in femal([late, early, tired], window_days=0)]
['A', 'B', 'C']
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """One lot (or one quantity of it) that may go out. Times are naive UTC."""

    key: Any
    expiry: datetime | None
    useful_until: datetime | None
    since: datetime


def femal(candidates, window_days):
    """Return ``candidates`` in FEMAL order; those without an expiry come last.

    :param Iterable[Candidate] candidates: what may go out
    :param float window_days: expiries this close count as the same
    """
    candidates = list(candidates)
    dated = sorted((c for c in candidates if c.expiry), key=_by_expiry)
    undated = sorted((c for c in candidates if not c.expiry), key=lambda c: c.since)
    window = timedelta(days=window_days)
    ordered = []
    for group in _groups(dated, window):
        ordered += sorted(group, key=_by_useful_life)
    return ordered + undated


def _by_expiry(candidate):
    return candidate.expiry, candidate.since


def _by_useful_life(candidate):
    useful_until = candidate.useful_until or candidate.expiry
    return useful_until, candidate.since, candidate.expiry


def _groups(dated, window):
    group = []
    for candidate in dated:
        if group and candidate.expiry - group[0].expiry > window:
            yield group
            group = []
        group.append(candidate)
    if group:
        yield group

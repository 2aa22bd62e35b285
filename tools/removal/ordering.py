"""Orders in which lots leave the stock, each declared once.

An ``Ordering`` names what it compares, first things first; a minus turns an order
round. What is not known comes last: a lot without a date, a lot without a cost (which
costs 0). From this one line both are made: the ORDER BY with which the reservation
reads no more than it needs, and the order in Python of the simulator.

To add a strategy, add a line to ``ORDERINGS`` (or return it from
``stock.removal._orderings`` in an addon of yours) and a ``product.removal`` record with
the same ``method``. Whatever is compared must be a stored field of ``stock.quant``.

FEMAL - *first expiry, minimum available lifetime*: lots go out in order of expiry;
lots whose expiry lies close together count as the same, and among them the one with
the shortest remaining useful life goes first, then the oldest. Closeness is counted
from the earliest expiry of the group, so a chain of small steps never grows into one
endless group, and in the same days as remaining life: from date to date where the
company is.

>>> from datetime import datetime as d
>>> old = d(2029, 1, 1)
>>> def lot(key, expiry, useful):
...     return Candidate(key, old, expiration_date=expiry, useful_until=useful)
>>> early = lot("A", d(2030, 1, 10), d(2030, 1, 9))
>>> tired = lot("B", d(2030, 1, 11), d(2030, 1, 5))
>>> late = lot("C", d(2030, 2, 1), d(2030, 1, 2))
>>> [each.key for each in in_order([late, early, tired], FEMAL, window_days=3)]
['B', 'A', 'C']
>>> [each.key for each in in_order([late, early, tired], FEMAL, window_days=0)]
['A', 'B', 'C']
>>> LIFO.sql()
'in_date DESC, id DESC'
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

from ..days import local_day

#: Naive UTC; or days since a replay began.
Moment = datetime | float
#: What is known comes first, from low to high.
Key = list[tuple[int, Moment | timedelta]]


class Candidate(NamedTuple):
    """One lot (or one quantity of it) that may go out."""

    #: whatever the caller knows it by
    key: Any
    in_date: Moment
    removal_date: Moment | None = None
    expiration_date: Moment | None = None
    useful_until: Moment | None = None
    effective_expiration_date: Moment | None = None
    unit_cost: float = 0.0
    id: int = 0


class Ordering(NamedTuple):
    """How lots are compared.

    :param method: ``method`` of the ``product.removal`` record
    :param by: names of fields, ``-`` before one that goes from high to low
    :param similar: date field whose values count as the same within the window
    """

    method: str
    by: tuple[str, ...]
    similar: str = ""

    @property
    def lead(self) -> str:
        """The field that decides first; lots that do not know it go last."""
        return self.similar or self.by[0].removeprefix("-")

    def terms(self) -> list[tuple[str, bool]]:
        """Return ``[(field, whether from high to low)]``, ended by the id."""
        terms = [(name.removeprefix("-"), name.startswith("-")) for name in self.by]
        return [*terms, ("id", terms[-1][1])]

    def sql(self) -> str:
        """Return the ORDER BY in terms of ``stock.quant``.

        Similar dates are one order by date here: SQL knows no groups by closeness.
        """
        terms = self.terms()
        if self.similar:
            others = [term for term in terms if term[0] != self.similar]
            terms = [(self.similar, False), *others]
        return ", ".join(f"{name} DESC" if falling else name for name, falling in terms)

    def key(self, candidate: Candidate) -> Key:
        """Return what to sort a ``Candidate`` by."""
        known: Key = []
        for name, falling in self.terms():
            value = getattr(candidate, name)
            if value is None or (name == "unit_cost" and not value):
                known.append((1, 0))
            else:
                known.append((0, _turned(value) if falling else value))
        return known


FIFO = Ordering("fifo", ("in_date",))
LIFO = Ordering("lifo", ("-in_date",))
FEFO = Ordering("fefo", ("removal_date", "in_date"))
FEMAL = Ordering(
    "femal", ("useful_until", "in_date", "expiration_date"), similar="expiration_date"
)
FESAL = Ordering("fesal", ("effective_expiration_date", "in_date"))
LOFO = Ordering("lofo", ("unit_cost", "expiration_date", "in_date"))
HIFO = Ordering("hifo", ("-unit_cost", "expiration_date", "in_date"))

#: Every strategy that is read quickly, by the method of its ``product.removal``.
ORDERINGS = {
    ordering.method: ordering
    for ordering in (FIFO, LIFO, FEFO, FEMAL, FESAL, LOFO, HIFO)
}


def in_order(
    candidates: Iterable[Candidate],
    ordering: Ordering,
    window_days: float = 0,
    zone: tzinfo = timezone.utc,
) -> list[Candidate]:
    """Return ``candidates`` in the order in which they should leave.

    :param candidates: what may go out
    :param ordering: one of ``ORDERINGS``
    :param window_days: for an ordering by similar dates, how close is the same
    :param zone: where the days of moments in UTC are counted
    """
    if not ordering.similar:
        return sorted(candidates, key=ordering.key)
    candidates = list(candidates)
    dated = [each for each in candidates if getattr(each, ordering.similar)]
    ordered: list[Candidate] = []
    for group in _groups(dated, ordering.similar, window_days, zone):
        ordered += sorted(group, key=ordering.key)
    undated = (each for each in candidates if not getattr(each, ordering.similar))
    return ordered + sorted(undated, key=ordering.key)


def _groups(
    dated: Iterable[Candidate], field: str, window_days: float, zone: tzinfo
) -> Iterator[list[Candidate]]:
    group: list[Candidate] = []
    for candidate in sorted(dated, key=lambda each: getattr(each, field)):
        if group:
            first, date = getattr(group[0], field), getattr(candidate, field)
            if _days_between(first, date, zone) > window_days:
                yield group
                group = []
        group.append(candidate)
    if group:
        yield group


def _days_between(earlier: Moment, later: Moment, zone: tzinfo) -> float:
    if isinstance(earlier, datetime) and isinstance(later, datetime):
        return (local_day(later, zone) - local_day(earlier, zone)).days
    assert not isinstance(earlier, datetime) and not isinstance(later, datetime)
    return later - earlier


def _turned(value: Moment) -> Moment | timedelta:
    return datetime.max - value if isinstance(value, datetime) else -value

"""How long a drill took, and whether that is fast enough.

>>> nine = datetime(2026, 11, 24, 9)
>>> clock = Clock(nine, nine.replace(minute=7), nine.replace(hour=10, minute=40))
>>> clock_text(clock.to_list), clock_text(clock.to_reconciled)
('0:07', '1:40')
>>> clock.passes(2), clock.passes(4), clock.passes(1)
(True, True, False)
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

#: Hours that auditors and customers ask for.
LIMITS = (2, 4, 24)


class Clock(NamedTuple):
    """When a drill began, and what was ready when."""

    started: datetime
    list_ready: datetime | None = None
    reconciled: datetime | None = None

    @property
    def to_list(self) -> timedelta | None:
        return self.list_ready - self.started if self.list_ready else None

    @property
    def to_reconciled(self) -> timedelta | None:
        return self.reconciled - self.started if self.reconciled else None

    def passes(self, hours: int) -> bool:
        """Tell whether all was reconciled within so many hours, the last one too."""
        took = self.to_reconciled
        return took is not None and took <= timedelta(hours=hours)


def clock_text(took: timedelta | None) -> str:
    """Return a time as hours and minutes, begun minutes left out; empty if unknown.

    >>> clock_text(timedelta(days=1, minutes=5, seconds=59)), clock_text(None)
    ('24:05', '')
    """
    if took is None:
        return ""
    hours, minutes = divmod(int(took.total_seconds()) // 60, 60)
    return f"{hours}:{minutes:02}"


def traced_share(products: Iterable[tuple[float, float]]) -> float:
    """Return which share of what was used had a batch, 0 to 1; 1 if nothing was.

    Every product counts the same, so that kilos and pieces need no common unit.

    :param products: of each, how much was used, and how much of that without a batch

    >>> traced_share([(10, 0), (10, 5)]), traced_share([])
    (0.75, 1.0)
    """
    shares = [1 - without / used for used, without in products if used > 0]
    return sum(shares) / len(shares) if shares else 1.0


class Completeness(NamedTuple):
    """How much of what had to be found was found, as shares of 0 to 1.

    >>> Completeness(accounted=1.0, reachable=0.9, traced=0.95).score
    0.9
    """

    #: of what came in, what has a place or a fate
    accounted: float
    #: of the consignees, those with a phone, a mail or an address
    reachable: float
    #: of what was used, what had a batch
    traced: float

    @property
    def score(self) -> float:
        """The worst of them: a trace is as complete as its weakest part."""
        return min(self)

"""How long a drill took, and whether that is fast enough.

>>> nine = datetime(2026, 11, 24, 9)
>>> clock = Clock(nine, nine.replace(minute=7), nine.replace(hour=10, minute=40))
>>> clock_text(clock.to_list), clock_text(clock.to_reconciled)
('0:07', '1:40')
>>> clock.passes(2), clock.passes(4), clock.passes(1)
(True, True, False)
"""

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

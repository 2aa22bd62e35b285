"""Which of the attempts to tell somebody reached them.

>>> attempts = [
...     Attempt(datetime(2026, 11, 24, 10, 30), "mail", datetime(2026, 11, 24, 10, 31)),
...     Attempt(datetime(2026, 11, 24, 14, 0), "letter"),
... ]
>>> first_to_reach(attempts).method, [a.method for a in bounced(attempts)]
('letter', ['mail'])
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Attempt(NamedTuple):
    """A letter, a mail or a call. That a mail was opened tells nothing."""

    sent_at: datetime
    method: str
    #: when it came back; a call that nobody answered comes back at once
    bounced_at: datetime | None = None


def first_to_reach(attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the first attempt that did not come back: since then they are notified."""
    arrived = (attempt for attempt in attempts if attempt.bounced_at is None)
    return min(arrived, key=lambda attempt: attempt.sent_at, default=None)


def bounced(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return what came back, which stays on record, in the order it was sent."""
    came_back = (attempt for attempt in attempts if attempt.bounced_at is not None)
    return sorted(came_back, key=lambda attempt: attempt.sent_at)

"""Which of the attempts to tell somebody reached them, and which notice is which.

>>> attempts = [
...     Attempt(datetime(2026, 11, 24, 10, 30), "mail", datetime(2026, 11, 24, 10, 31)),
...     Attempt(datetime(2026, 11, 24, 14, 0), "letter"),
... ]
>>> first_to_reach(attempts).method, [a.method for a in bounced(attempts)]
('letter', ['mail'])
"""

import re
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


def notice_key(firm: str, number: str, product: str, lot: str) -> tuple[str, ...]:
    """Return what two copies of one notice share, however they were typed.

    Nothing but case, spaces and the dashes and dots between is left out: other numbers
    are other notices.

    >>> notice_key("Pharmatech LLC", "F-0276-2017", "Docusate", "30661601") == (
    ...     notice_key("pharmatech  llc ", "f 0276/2017", "DOCUSATE", " 30661601")
    ... )
    True
    """
    return tuple(_typed(part) for part in (firm, number, product, lot))


def _typed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()

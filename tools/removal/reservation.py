"""One reservation: what it is for, what it has read, and what it tells afterwards.

A ``ReservationContext`` travels in the context under one key, for a whole transfer.
What changes from move to move changes within it: each new value in a context makes Odoo
search and build another environment. A context that comes from outside holds JSON, so
that nobody out there can make one.

>>> ReservationContext.of({"batch_reservation": True}) is None
True
>>> reservation = ReservationContext("anybody's")
>>> ReservationContext.of({"batch_reservation": reservation}) is reservation
True
>>> with reservation.for_move(7, "a customer's"):
...     reservation.need, reservation.move_id
("a customer's", 7)
>>> reservation.need, reservation.move_id
("anybody's", 0)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from .reservation_need import ReservationNeed

#: The one key of the context.
KEY = "batch_reservation"


class ScannedQuant(NamedTuple):
    """One quant that the reservation looked at.

    ``skipped`` is empty for a quant that may be taken, else the code of the rule of
    ``stock.removal`` that forbids it.
    """

    quant_id: int
    lot_id: int | None
    free: float
    skipped: str | None
    useful_until: datetime | None
    candidate: Any = None


class ReservationScan:
    """What one reservation has read of the stock, kept until it is over.

    :param need: what it is for
    """

    def __init__(self, need: ReservationNeed) -> None:
        self.need = need
        #: The removal strategy.
        self.method = ""
        self.scanned: list[ScannedQuant] = []
        #: Ids of the quants to choose from, in order; None until they are read.
        self.window: list[int] | None = None
        #: Whether there may be more than the window.
        self.is_partial = False
        #: Whether all is to be read, wherever the demand is met.
        self.is_exhaustive = False
        #: False if what is asked for names a lot, or a single place.
        self.is_wide = True
        #: The records to choose from, None until they are gathered.
        self.quants: Any = None

    def read_everything(self) -> None:
        """Start anew, without stopping where the demand is met."""
        self.is_exhaustive = True
        self.window = self.quants = None


class LoggedScan(NamedTuple):
    """A scan, for which move it was made, and what was taken by it."""

    move_id: int
    demand: float
    scan: ReservationScan
    #: ``{quant id: quantity}``
    taken: dict[int, float]


class DecisionLog(list[LoggedScan]):
    """The scans of several reservations, until they can be recorded all at once."""


class TransferCache:
    """What core asks for each line of a transfer anew, and stays the same.

    :param refused: strategies that another addon does not let through
    """

    def __init__(self, refused: frozenset[str]) -> None:
        self.refused = refused
        #: ``{(product id, location id): strategy}``
        self.methods: dict[tuple[int, int], str] = {}


class ReservationContext:
    """The state of what is being reserved, or moved, in one transfer.

    It is compared by identity, so that two transfers never share one by chance.

    :param need: of what no move asks for; None if nothing is asked of
        a lot at all
    :param decision_log: takes what is read, if somebody wants to record it
    :param transfer_cache: set while goods are moved, and not reserved
    """

    def __init__(
        self,
        need: ReservationNeed | None,
        *,
        decision_log: DecisionLog | None = None,
        transfer_cache: TransferCache | None = None,
    ) -> None:
        self.need = need
        self.decision_log = decision_log
        self.transfer_cache = transfer_cache
        #: For which stock.move it is reserved just now, 0 for none.
        self.move_id = 0
        #: What the reservation in hand reads; None if none is.
        self.scan: ReservationScan | None = None
        #: Whether only eligible quants are gathered, all of them.
        self.is_filtering = False
        #: Whether the order does not matter, because it is made afterwards.
        self.is_unordered = False

    @classmethod
    def of(cls, context: Mapping[str, Any]) -> "ReservationContext | None":
        """Return the reservation of a context; None if it has none, or a forged one."""
        found = context.get(KEY)
        # Asked dozens of times a line: the type itself, which has no subclass.
        return found if type(found) is cls else None

    @property
    def is_gathering(self) -> bool:
        """Whether what is gathered just now is to be reserved, or counted for that."""
        return self.scan is not None or self.is_filtering

    @contextmanager
    def for_move(self, move_id: int, need: ReservationNeed | None) -> Iterator[None]:
        """Reserve for one move meanwhile."""
        with self._meanwhile(move_id=move_id, need=need):
            yield

    @contextmanager
    def scanning(self, scan: ReservationScan) -> Iterator[None]:
        """Let ``scan`` take whatever is gathered meanwhile."""
        with self._meanwhile(scan=scan):
            yield

    @contextmanager
    def filtering(self) -> Iterator[None]:
        """Gather all that is eligible meanwhile, in the way of core."""
        with self._meanwhile(scan=None, is_filtering=True):
            yield

    @contextmanager
    def unordered(self) -> Iterator[None]:
        """Gather in whatever order meanwhile."""
        with self._meanwhile(is_unordered=True):
            yield

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Gather whatever there is meanwhile, eligible or not.

        A lot hidden from its own movement would get a second, negative quantity.
        """
        with self._meanwhile(scan=None, is_filtering=False):
            yield

    @contextmanager
    def _meanwhile(self, **values: Any) -> Iterator[None]:
        before = {name: getattr(self, name) for name in values}
        vars(self).update(values)
        try:
            yield
        finally:
            vars(self).update(before)

"""What something is reserved for: handed from the move to whoever reads the stock."""

from datetime import date, datetime
from typing import Any, NamedTuple

from .remaining_life import Requirement


class Need(NamedTuple):
    """The purpose, the day and what is asked of a lot.

    :param str purpose: one of ``tools.movement.PURPOSES``
    :param datetime moment: when the goods leave or are used, naive UTC
    :param date arrival: the day they arrive, where the company is
    :param str zone: name of the company's time zone
    :param Requirement customer: the remaining life this customer asks on arrival
    :param int partner_id: the customer, 0 if nobody is known
    :param tuple inside: ids of the dispositions of the place that is moved out of
    """

    purpose: str
    moment: datetime
    arrival: date
    zone: str = "UTC"
    customer: Requirement = Requirement()
    partner_id: int = 0
    inside: tuple = ()

    def as_json(self):
        """Return what ``from_json`` makes the same need of."""
        plain = self._replace(
            moment=self.moment.isoformat(),
            arrival=self.arrival.isoformat(),
            customer=list(self.customer),
        )
        return list(plain)

    @classmethod
    def from_json(cls, values):
        """Return the need that was kept, see ``as_json``."""
        need = cls(*values)
        return need._replace(
            moment=datetime.fromisoformat(need.moment),
            arrival=date.fromisoformat(need.arrival),
            customer=Requirement(*need.customer),
        )


class Read(NamedTuple):
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


class Reading:
    """What one reservation has read, kept until it is over.

    It is compared by identity, so that two reservations never share one by chance.
    """

    def __init__(self, need):
        self.need = need
        self.method = ""
        self.reads = []
        #: Ids of the quants to choose from, in order; None until they are read.
        self.window = None
        #: Whether there may be more than the window.
        self.is_partial = False
        self.everything = False
        #: False if what is asked for names a lot, or a single place.
        self.wide = True
        self.quants = None

    def read_everything(self):
        """Start anew, without stopping where the demand is met."""
        self.everything = True
        self.window = self.quants = None


class Notes(list):
    """What several reservations have read: ``(move id, product, demand, Reading,
    [(quant id, taken)])``, kept until it can be recorded all at once.

    :ivar int move_id: for which move is being reserved just now
    """

    move_id = 0

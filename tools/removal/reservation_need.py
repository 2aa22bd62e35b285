"""What something is reserved for: handed from the move to whoever reads the stock."""

from datetime import date, datetime
from typing import NamedTuple

from .remaining_life import Requirement


class ReservationNeed(NamedTuple):
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

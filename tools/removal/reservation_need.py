"""What something is reserved for: handed from the move to whoever reads the stock."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from .remaining_life import Requirement


class ReservationNeed(NamedTuple):
    """The purpose, the day and what is asked of a lot.

    :param purpose: one of ``tools.movement.PURPOSES``
    :param moment: when the goods leave or are used, naive UTC
    :param arrival: the day they arrive, where the company is
    :param zone: name of the company's time zone
    :param customer: the remaining life this customer asks on arrival
    :param partner_id: the customer, 0 if nobody is known
    :param inside: ids of the dispositions of the place that is moved out of
    :param is_replacement: it makes good what a recall took: nothing recalled does
    """

    purpose: str
    moment: datetime
    arrival: date
    zone: str = "UTC"
    customer: Requirement = Requirement()
    partner_id: int = 0
    inside: tuple[int, ...] = ()
    is_replacement: bool = False

    def as_json(self) -> list[Any]:
        """Return what ``from_json`` makes the same need of."""
        plain = self._asdict()
        plain["moment"] = self.moment.isoformat()
        plain["arrival"] = self.arrival.isoformat()
        plain["customer"] = [self.customer.days, self.customer.percent]
        return list(plain.values())

    @classmethod
    def from_json(cls, values: Sequence[Any]) -> "ReservationNeed":
        """Return the need that was kept, see ``as_json``."""
        plain = dict(zip(cls._fields, values, strict=False))
        plain["moment"] = datetime.fromisoformat(plain["moment"])
        plain["arrival"] = date.fromisoformat(plain["arrival"])
        # Older ones have a margin of 0 as well, which no customer has asked for.
        plain["customer"] = Requirement(*plain["customer"][:2])
        plain["inside"] = tuple(plain["inside"])
        return cls(**plain)

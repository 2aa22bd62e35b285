"""What happened to a lot, added up: does all that came in still have a place?

>>> flows = {
...     ("supplier", "internal"): 1000.0,
...     ("internal", "production"): 855.0,
...     ("internal", "inventory"): 20.0,
... }
>>> balance = balance_of(flows, on_hand=120.0)
>>> balance.came_in, balance.consumed, balance.on_hand, balance.removed
(1000.0, 855.0, 120.0, 20.0)
>>> round(balance.accounted / balance.came_in * 100, 1)
99.5
>>> accounted_share([])
1.0
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

#: Quantities of done movements by the usages of the places they left and reached.
Flows = Mapping[tuple[str, str], float]


class Balance(NamedTuple):
    """Quantities of one lot in the unit of its product."""

    came_in: float
    on_hand: float
    delivered: float
    consumed: float
    removed: float

    @property
    def accounted(self) -> float:
        """How much of what came in has a place."""
        return self.on_hand + self.delivered + self.consumed + self.removed


def balance_of(flows: Flows, on_hand: float) -> Balance:
    """Return the ``Balance`` of a lot.

    :param flows: ``{(source usage, target usage): quantity}`` of done movements
    :param on_hand: what lies in own locations now, counted apart
    """
    return Balance(
        came_in=_left(flows, "supplier", "production", "inventory"),
        on_hand=on_hand,
        delivered=_reached(flows, "customer") - _left(flows, "customer"),
        consumed=_reached(flows, "production"),
        removed=_reached(flows, "inventory", "supplier"),
    )


def accounted_share(balances: Iterable[Balance]) -> float:
    """Return which share of what came in is explained; 1 when nothing came in.

    Too much counts as a gap like too little. Every lot counts the same, so that kilos
    and pieces need no common unit.
    """
    shares = [
        1 - min(1, abs(balance.accounted - balance.came_in) / balance.came_in)
        for balance in balances
        if balance.came_in > 0
    ]
    return sum(shares) / len(shares) if shares else 1.0


def _left(flows: Flows, *usages: str) -> float:
    return sum(qty for (source, _target), qty in flows.items() if source in usages)


def _reached(flows: Flows, *usages: str) -> float:
    return sum(qty for (_source, target), qty in flows.items() if target in usages)

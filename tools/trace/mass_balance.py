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

A split of ten that was undone makes none of twenty consumed:

>>> flows = {
...     ("supplier", "internal"): 20.0,
...     ("internal", "production"): 10.0,
...     ("production", "internal"): 10.0,
... }
>>> balance = balance_of(flows, on_hand=20.0, came_back=10.0)
>>> balance.came_in, balance.consumed
(20.0, 0.0)

What is written off where a customer has it did not come back, and counts as delivered:

>>> flows = {("supplier", "internal"): 10.0, ("internal", "customer"): 10.0}
>>> balance = balance_of({**flows, ("customer", "inventory"): 3.0}, on_hand=0.0)
>>> balance.delivered, balance.removed
(10.0, 0)

Ten came in, and twelve are accounted for: that is a gap as if eight were.

>>> accounted_share([Balance(10, on_hand=12, delivered=0, consumed=0, removed=0)])
0.8
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

#: Quantities of done movements by the usages of the places they left and reached.
Flows = Mapping[tuple[str, str], float]
#: Usages of places outside: what comes from there comes in, what goes there is gone.
OUTSIDE = ("supplier", "production", "inventory")
#: Where goods end that customers had, without coming back.
ENDS = ("inventory", "production")
#: Instead of the usage *transit*, where a place belongs to no company: goods there are
#: on the way from one company of the group to another.
INTER_COMPANY = "inter_company"


class Balance(NamedTuple):
    """Quantities of one lot in the unit of its product."""

    came_in: float
    on_hand: float
    delivered: float
    consumed: float
    removed: float
    #: given to another company of the group, or on the way there
    passed_on: float = 0.0

    @property
    def accounted(self) -> float:
        """How much of what came in has a place."""
        known = self.on_hand + self.delivered + self.consumed + self.removed
        return known + self.passed_on


def balance_of(flows: Flows, on_hand: float, came_back: float = 0.0) -> Balance:
    """Return the ``Balance`` of a lot.

    What one company passes on and another takes in counts once where both are looked
    at. Movements from one place outside to another are none of ours, nor is what is
    written off where a customer has it.

    :param flows: ``{(source usage, target usage): quantity}`` of done movements;
        usages as in stock.location, or ``INTER_COMPANY``
    :param on_hand: what lies in own locations now, counted apart
    :param came_back: how much of what was made had been this lot before: it neither
        came in anew nor is it consumed
    """
    ours = {
        (source, target): quantity
        for (source, target), quantity in flows.items()
        if not _is_elsewhere(source, target)
    }
    sent = _reached(ours, INTER_COMPANY) - _left(ours, INTER_COMPANY)
    return Balance(
        came_in=_left(ours, *OUTSIDE) + max(0.0, -sent) - came_back,
        on_hand=on_hand,
        delivered=_reached(ours, "customer") - _left(ours, "customer"),
        consumed=_reached(ours, "production") - came_back,
        removed=_reached(ours, "inventory", "supplier"),
        passed_on=max(0.0, sent),
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


def _is_elsewhere(source: str, target: str) -> bool:
    """Tell whether goods move from and to where they are none of ours."""
    if source == "customer":
        return target in ENDS
    return source in OUTSIDE and target in OUTSIDE


def _left(flows: Flows, *usages: str) -> float:
    return sum(qty for (source, _target), qty in flows.items() if source in usages)


def _reached(flows: Flows, *usages: str) -> float:
    return sum(qty for (_source, target), qty in flows.items() if target in usages)

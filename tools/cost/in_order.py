"""What a unit of each lot costs, where operations make lots of each other.

What is made of a lot costs what that had cost until then. What comes into it later
changes its own cost, not that of goods that had left it:

>>> story = [
...     Inflow((1, 0), "A", 10, 1.0),
...     Inflow((2, 0), "part", 5, taken=(("A", 5),)),
...     Inflow((3, 0), "B", 10, 9.0),
...     Inflow((4, 0), "A", 10, taken=(("B", 10),)),
... ]
>>> unit_costs(story)
{'A': 5.0, 'part': 1.0, 'B': 9.0}

A cost that is corrected arrives in all that was made of it since:

>>> story[0] = story[0]._replace(cost=3.0)
>>> unit_costs(story)
{'A': 6.0, 'part': 3.0, 'B': 9.0}
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

Lot = Hashable


class Inflow(NamedTuple):
    """Goods that came into a lot."""

    #: what comes first is less
    when: tuple[Any, ...]
    lot: Lot
    quantity: float
    #: of a unit; None where nobody knows, or where it was made of others
    cost: float | None = None
    #: (lot, quantity) of what it was made of by an operation
    taken: tuple[tuple[Lot, float], ...] = ()
    #: whose goods they were; the cost is in its currency
    company: Hashable = None


def unit_costs(
    inflows: Iterable[Inflow], said: Mapping[Lot, float] | None = None
) -> dict[Lot, float]:
    """Return the cost of a unit of each lot: the average of all that came in.

    Lots without any known cost are left out.

    :param said: ``{lot: what a unit costs}``, whatever came into it
    """
    said = said or {}
    worth: dict[Lot, tuple[float, float]] = {}
    for inflow in sorted(inflows, key=lambda inflow: inflow.when):
        cost = inflow.cost
        if inflow.taken:
            cost = _handed_on(inflow, said, worth)
        if cost is None or inflow.quantity <= 0:
            continue
        value, quantity = worth.get(inflow.lot, (0.0, 0.0))
        worth[inflow.lot] = (
            value + cost * inflow.quantity,
            quantity + inflow.quantity,
        )
    return {lot: value / quantity for lot, (value, quantity) in worth.items()}


def _handed_on(
    inflow: Inflow,
    said: Mapping[Lot, float],
    worth: Mapping[Lot, tuple[float, float]],
) -> float | None:
    """Return what a unit costs that was made of others, as they cost until then.

    Of what was taken, that whose cost nobody knows is taken to cost as the rest.
    """
    value = known = whole = 0.0
    for lot, quantity in inflow.taken:
        whole += quantity
        cost = _cost_until_then(lot, said, worth)
        if cost > 0:
            value += cost * quantity
            known += quantity
    if not known or inflow.quantity <= 0:
        return None
    return value / known * whole / inflow.quantity


def _cost_until_then(
    lot: Lot,
    said: Mapping[Lot, float],
    worth: Mapping[Lot, tuple[float, float]],
) -> float:
    """Return what a unit of a lot costs, as said or by what came in; 0 if unknown."""
    if lot in said or lot not in worth:
        return said.get(lot) or 0.0
    value, quantity = worth[lot]
    return value / quantity

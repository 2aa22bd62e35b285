"""Three scopes side by side: how much of what a walk reached each takes for suspect.

*Certain only* takes what has the goods for certain, *worst case* all that may have any,
*proportional* what may, by how much of it is likely.

>>> from ..genealogy.path_quantity import Reached
>>> weights = {
...     "sure": weights_of(Reached(1, certain=4, proportional=7, worst=10)),
...     "may be": weights_of(Reached(1, certain=0, proportional=5, worst=10)),
... }
>>> stock = [Stock("sure", "kg", on_hand=3), Stock("may be", "kg", on_hand=8)]
>>> sent = [Delivery("sure", "Dairy", "kg", 1), Delivery("may be", "Bakery", "kg", 2)]
>>> totals = totals_of(weights, stock, sent)
>>> [(scope.batches, scope.consignees, scope.on_hand["kg"]) for scope in totals]
[(1, 1, 3.0), (2, 2, 7.0), (2, 2, 11.0)]
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from ..genealogy.path_quantity import Reached


class Weights(NamedTuple):
    """Which share of a batch's goods each scope takes, 0 to 1; never less to the right.

    Also the names of the scopes, in that order.
    """

    certain: float
    proportional: float
    worst: float


def weights_of(reached: Reached) -> Weights:
    """Return how much of a batch each scope takes.

    A batch that has the goods for certain is suspect as a whole. One of unknown
    quantity was reached all the same, and may be full of them.

    >>> weights_of(Reached(1, 0.0, 0.0, 0.0))
    Weights(certain=0.0, proportional=1.0, worst=1.0)
    """
    if reached.certain > 0:
        return Weights(1.0, 1.0, 1.0)
    share = reached.proportional / reached.worst if reached.worst > 0 else 1.0
    return Weights(0.0, min(1.0, share), 1.0)


class Stock(NamedTuple):
    """What we have of a batch, in one unit of measure; value in the company's money."""

    lot: Hashable
    unit: str
    on_hand: float = 0.0
    reserved: float = 0.0
    on_order: float = 0.0
    in_transit: float = 0.0
    value: float = 0.0


#: What is summed up of stock, in the order of ``Stock`` and of ``Scope``.
MEASURES = ("on_hand", "reserved", "on_order", "in_transit")


class Delivery(NamedTuple):
    """What a consignee has of a batch."""

    lot: Hashable
    consignee: Hashable
    unit: str
    quantity: float


#: Sums by unit of measure: kilos and pieces are not added up.
ByUnit = Mapping[str, float]


class Scope(NamedTuple):
    """What one scope comes to."""

    batches: int
    consignees: int
    value: float
    delivered: ByUnit
    on_hand: ByUnit
    reserved: ByUnit
    on_order: ByUnit
    in_transit: ByUnit


class Scopes(NamedTuple):
    """All three, in the order from the least to the most."""

    certain: Scope
    proportional: Scope
    worst: Scope


def totals_of(
    weights: Mapping[Hashable, Weights],
    stock: Iterable[Stock],
    deliveries: Iterable[Delivery],
    left_out: Iterable[Hashable] = (),
) -> Scopes:
    """Return the sums of each scope. Batches and consignees count whole or not at all.

    :param weights: of every batch that was reached
    :param stock: of others too, which count for nothing; of one batch several
    :param left_out: batches that somebody took out
    """
    out = set(left_out)
    kept = {lot: weight for lot, weight in weights.items() if lot not in out}
    of_stock = [row for row in stock if row.lot in kept]
    of_sent = [row for row in deliveries if row.lot in kept]
    return Scopes(
        *(
            _scope({lot: weight[n] for lot, weight in kept.items()}, of_stock, of_sent)
            for n in range(len(Weights._fields))
        )
    )


def _scope(
    share: Mapping[Hashable, float], stock: list[Stock], deliveries: list[Delivery]
) -> Scope:
    delivered: dict[str, float] = defaultdict(float)
    for lot, _consignee, unit, quantity in deliveries:
        delivered[unit] += quantity * share[lot]
    sums = _stock_sums(share, stock)
    return Scope(
        sum(map(bool, share.values())),
        len({consignee for lot, consignee, *_ in deliveries if share[lot]}),
        sum((row.value * share[row.lot] for row in stock), 0.0),
        _any(delivered),
        *(
            _any({unit: of_unit[place] for unit, of_unit in sums.items()})
            for place in range(len(MEASURES))
        ),
    )


def _stock_sums(
    share: Mapping[Hashable, float], stock: list[Stock]
) -> dict[str, list[float]]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(MEASURES))
    # Of tens of thousands, each is looked at once.
    for lot, unit, *quantities, _value in stock:
        weight = share[lot]
        of_unit = sums[unit]
        for place, quantity in enumerate(quantities if weight else ()):
            of_unit[place] += quantity * weight
    return sums


def _any(sums: Mapping[str, float]) -> ByUnit:
    return {unit: quantity for unit, quantity in sums.items() if quantity}


def consignees_of(
    share: Mapping[Hashable, float], deliveries: Iterable[Delivery]
) -> dict[Hashable, dict[str, float]]:
    """Return ``{consignee: {unit: quantity}}`` of those who have any that counts.

    :param share: ``{lot: weight}`` of one scope
    """
    found: dict[Hashable, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in deliveries:
        if share.get(row.lot):
            found[row.consignee][row.unit] += row.quantity * share[row.lot]
    return {who: dict(quantities) for who, quantities in found.items()}

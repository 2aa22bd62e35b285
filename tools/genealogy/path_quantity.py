"""How much of a lot is in what it became, when only some of its way is certain.

Goods mix: what comes out of a lot holds, per kilo, as much of its origin as all of it
does. Along a diamond the shares add up, and nothing counts twice:

>>> hops = [
...     Hop("raw", "left", 4, 4, 4, 4),
...     Hop("raw", "right", 6, 6, 6, 6),
...     Hop("left", "end", 4, 4, 4, 4),
...     Hop("right", "end", 3, 0, 6, 3),
... ]
>>> totals = {"raw": 10, "left": 4, "right": 6, "end": 10}
>>> found = path_quantities(["raw"], hops, totals)
>>> found["end"]
Reached(depth=2, certain=4.0, proportional=7.0, worst=10.0)
>>> found["raw"]
Reached(depth=0, certain=10.0, proportional=10.0, worst=10.0)
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop
from typing import Any, NamedTuple

#: What stands for a lot, for example its id.
Lot = Hashable


class Hop(NamedTuple):
    """What went from one lot straight into another, in the walk's direction."""

    source: Lot
    target: Lot
    #: how much of the parent went in: as recorded, where lots made together share it
    quantity: float
    #: how much of that is known to be so
    exact: float
    #: how much it was if this child alone had all that was used beside others
    most: float
    #: how much of the child was made
    made: float


class Reached(NamedTuple):
    """A lot on the way, and how much of the upper lot is in the lower one.

    Quantities are in the unit of the upper lot of the two: forward, of the lot where
    the walk started; back, of the lot that was reached.
    """

    depth: int
    #: along exact links alone
    certain: float
    #: along all links, lots made together sharing by quantity
    proportional: float
    #: every lot that may have it has all of it
    worst: float


def depths(starts: Iterable[Lot], hops: Iterable[Sequence[Any]]) -> dict[Lot, int]:
    """Return ``{lot: depth}``: how many hops the nearest of ``starts`` is away.

    :param starts: lots, of depth 0
    :param hops: tuples that begin with source and target
    """
    following: dict[Lot, set[Lot]] = defaultdict(set)
    for hop in hops:
        following[hop[0]].add(hop[1])
    found: dict[Lot, int] = {}
    frontier, depth = set(starts), 0
    while frontier:
        found.update(dict.fromkeys(frontier, depth))
        reached = {lot for source in frontier for lot in following[source]}
        frontier = reached - found.keys()
        depth += 1
    return found


def path_quantities(
    starts: Iterable[Lot], hops: Iterable[Hop], totals: Mapping[Lot, float | None]
) -> dict[Lot, Reached]:
    """Return ``{lot: Reached}`` for ``starts`` and all that the hops lead to.

    :param starts: lots; what flows back into them on a cycle is not counted again
    :param hops: each ``Hop`` on the way, at most one per pair; those that begin at a
        lot which is not reached are left out, as nothing waits for them
    :param totals: how much there has been of each lot; where that is unknown,
        what was made of it counts, or what was used
    """
    start_set, hops = set(starts), list(hops)
    depth = depths(start_set, hops)
    leaving: dict[Lot, list[Hop]] = defaultdict(list)
    used: dict[Lot, float] = defaultdict(float)
    made: dict[Lot, float] = defaultdict(float)
    for hop in hops:
        if hop.source not in depth:
            continue
        leaving[hop.source].append(hop)
        used[hop.source] += hop.quantity
        made[hop.target] = max(made[hop.target], hop.made)
    whole = {lot: totals.get(lot) or made[lot] or used[lot] for lot in depth}
    amounts = {lot: [0.0, 0.0, 0.0] for lot in depth}
    for lot in start_set:
        amounts[lot] = [float(whole[lot])] * 3
    for lot in _in_order(start_set, leaving, depth):
        for hop in leaving[lot]:
            if hop.target not in start_set and whole[lot]:
                _pass_on(amounts[lot], amounts[hop.target], hop, whole[lot])
    return {lot: Reached(depth[lot], *amounts[lot]) for lot in depth}


def _pass_on(held: list[float], received: list[float], hop: Hop, whole: float) -> None:
    # More may have been used than is on record: no child gets more than there was.
    received[0] += held[0] * min(1.0, hop.exact / whole)
    received[1] += held[1] * min(1.0, hop.quantity / whole)
    received[2] += held[2] * min(1.0, hop.most / whole)


def _in_order(
    starts: set[Lot], leaving: Mapping[Lot, Sequence[Hop]], depth: Mapping[Lot, int]
) -> Iterator[Lot]:
    """Yield each lot once: after all that leads to it, as far as cycles allow.

    Where everything left lies on or behind a cycle, the nearest lot goes first.
    """
    waiting: dict[Lot, int] = defaultdict(int)
    for hops in leaving.values():
        for hop in hops:
            if hop.target not in starts and hop.source != hop.target:
                waiting[hop.target] += 1
    ready = list(starts)
    stuck = [(depth[lot], str(lot), lot) for lot in depth if lot not in starts]
    heapify(stuck)
    done: set[Lot] = set()
    while ready or stuck:
        lot = ready.pop() if ready else heappop(stuck)[2]
        if lot in done:
            continue
        done.add(lot)
        yield lot
        for hop in leaving[lot]:
            waiting[hop.target] -= 1
            if not waiting[hop.target] and hop.target not in done:
                ready.append(hop.target)

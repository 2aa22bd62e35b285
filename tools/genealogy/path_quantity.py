"""How much of a lot is in what it became, when only some of its way is certain.

Goods mix: what comes out of a lot holds, per kilo, as much of its origin as all of it
does. Along a diamond the shares add up, and nothing counts twice:

>>> from .steps import Hop, steps_of
>>> hops = [
...     Hop("raw", "left", 4, 4, 4),
...     Hop("raw", "right", 6, 6, 6),
...     Hop("left", "end", 4, 4, 4),
...     Hop("right", "end", 3, 0, 6),
... ]
>>> totals = {"raw": 10, "left": 4, "right": 6, "end": 10}
>>> found = path_quantities(["raw"], steps_of(hops, totals), totals)
>>> found["end"]
Reached(depth=2, certain=4.0, proportional=7.0, worst=10.0)
>>> found["raw"]
Reached(depth=0, certain=10.0, proportional=10.0, worst=10.0)

The way back gives the same quantity for each pair of lots:

>>> found = path_quantities(["end"], steps_of(hops, totals, True), totals, True)
>>> found["raw"]
Reached(depth=2, certain=4.0, proportional=7.0, worst=10.0)
"""

from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import NamedTuple

from .cycles import flow_around
from .held import Held
from .order import Lot, depths, in_order
from .steps import FORWARD, Step, leaving_of


class Reached(NamedTuple):
    """A lot on the way, and how much of the upper lot is in the lower one.

    Quantities are in the unit of the upper lot of the two: forward, of the lot where
    the walk started; back, of the lot that was reached. None is more than there was.
    """

    depth: int
    #: along exact links alone, as far as their dates allow it
    certain: float
    #: along all links, lots made together sharing by quantity
    proportional: float
    #: every lot that may have it has all of it
    worst: float


def path_quantities(
    starts: Iterable[Lot],
    steps: Iterable[Step],
    totals: Mapping[Lot, float | None],
    back: bool = FORWARD,
    less: Iterable[Step] = (),
) -> dict[Lot, Reached]:
    """Return ``{lot: Reached}`` for ``starts`` and all that the steps lead to.

    On every pair of lots, the walk forward from the upper one and the walk back from
    the lower one give the same. What flows around on a cycle counts once.

    :param starts: lots; of several, one that went into another counts with that
    :param steps: see ``steps_of``, at most one per pair; those that begin at a lot
        which is not reached are left out, as nothing waits for them
    :param totals: how much there has been of each lot, without what came back to it
        (see ``came_back.py``); a lot without holds nothing and passes on nothing
    :param back: the direction of the steps
    :param less: what the steps count twice, see ``meeting_again.py``
    """
    start_set = set(starts)
    less = list(less)
    if len(start_set) > 1:
        steps = [step for step in steps if step.target not in start_set]
        less = [step for step in less if step.target not in start_set]
    leaving = leaving_of(steps)
    depth = depths(start_set, (step for of in leaving.values() for step in of))
    held = {lot: Held() for lot in depth}
    for lot in start_set:
        whole = float(totals.get(lot) or 0.0)
        held[lot].add(-inf, whole, whole, whole)
    for step in less:
        if step.source in depth and step.target in depth:
            leaving.setdefault(step.source, []).append(step)
    flow(depth, leaving, held)
    of_starts = sum(totals.get(lot) or 0.0 for lot in start_set)
    return {
        lot: Reached(
            depth[lot],
            *held[lot].at_most(totals.get(lot) or 0.0 if back else of_starts),
        )
        for lot in depth
    }


def flow(
    lots: Iterable[Lot],
    leaving: Mapping[Lot, list[Step]],
    held: Mapping[Lot, Held],
    settle: Callable[[Lot], None] | None = None,
) -> None:
    """Let what lots hold flow on to all that their steps lead to.

    :param lots: all that the steps lead to is among them
    :param settle: called with each lot when all has flowed in, but for cycles
    """
    following = {
        lot: [step.target for step in leaving[lot]] for lot in lots if lot in leaving
    }
    for group in in_order(lots, following):
        among = _flow_around(group, leaving, held) if len(group) > 1 else ()
        if settle and not among:
            settle(group[0])
        for lot in group:
            for step in leaving.get(lot, ()):
                if step.target not in among:
                    held[step.target].add(*held[lot].take(step))


def _flow_around(
    group: list[Lot], leaving: Mapping[Lot, list[Step]], held: Mapping[Lot, Held]
) -> set[Lot]:
    """Let what lots on cycles together hold flow among themselves; return them."""
    among = set(group)
    inner = {
        lot: [step for step in leaving.get(lot, ()) if step.target in among]
        for lot in group
    }
    flow_around(inner, held)
    return among

"""How much of a lot had been the lot before: a split that is undone makes nothing.

Ten of twenty are split off, and put back:

>>> split = Flow(made_line=1, parent="A", child="B", used=10, made=10)
>>> undone = Flow(made_line=2, parent="B", child="A", used=10, made=10)
>>> came_back([split, undone])
{'A': 10.0}
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import groupby
from typing import NamedTuple

from .order import Lot, in_order


class Flow(NamedTuple):
    """What was used of a lot to make one line of another."""

    #: what was made at once, of one parent or of several
    made_line: Hashable
    parent: Lot
    child: Lot
    #: in the parent's unit
    used: float
    #: in the child's unit: how much was made of it
    made: float


def cycles(pairs: Iterable[tuple[Lot, Lot]]) -> dict[Lot, int]:
    """Return ``{lot: number of its group}`` of lots that became each other.

    :param pairs: ``(parent, child)``
    """
    following: dict[Lot, set[Lot]] = defaultdict(set)
    alone = set()
    for parent, child in pairs:
        following[parent].add(child)
        following.setdefault(child, set())
        if parent == child:
            alone.add(parent)
    groups = in_order(following, following)
    on_cycles = [lots for lots in groups if len(lots) > 1 or lots[0] in alone]
    return {lot: number for number, lots in enumerate(on_cycles) for lot in lots}


def came_back(flows: Iterable[Flow]) -> dict[Lot, float]:
    """Return ``{lot: how much of what was made of it had left it before}``.

    :param flows: between lots on cycles together, in the order they happened; those of
        one made line side by side
    """
    away: dict[Lot, float] = defaultdict(float)
    back: dict[Lot, float] = defaultdict(float)
    for _line, parts in groupby(flows, key=lambda flow: flow.made_line):
        made = list(parts)
        for flow in made:
            away[flow.parent] += flow.used
        child = made[0].child
        returned = min(away[child], sum(flow.made for flow in made))
        if returned > 0:
            away[child] -= returned
            back[child] += returned
    return dict(back)

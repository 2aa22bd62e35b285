"""How much of a lot had been the lot before: a split that is undone makes nothing.

Ten of twenty are split off, and put back:

>>> split = Flow(made_line=1, parent="A", child="B", used=10, made=10, is_alike=True)
>>> undone = Flow(made_line=2, parent="B", child="A", used=10, made=10, is_alike=True)
>>> came_back([split, undone])
{'A': Returned(quantity=10.0, of_alike=10.0)}
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
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
    #: whether both are of one product
    is_alike: bool


class Returned(NamedTuple):
    """How much of what was made of a lot had left it before, in its unit."""

    quantity: float
    #: by other lots of the product, under whose number it had been meanwhile
    of_alike: float


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


def came_back(flows: Iterable[Flow]) -> dict[Lot, Returned]:
    """Return what each lot had been before, of those that anything came back to.

    :param flows: between lots on cycles together, in the order they happened
    """
    away: dict[Lot, float] = defaultdict(float)
    back: dict[Lot, Returned] = {}
    made_lines: dict[Hashable, list[Flow]] = defaultdict(list)
    for flow in flows:
        made_lines[flow.made_line].append(flow)
    for made in made_lines.values():
        for flow in made:
            away[flow.parent] += flow.used
        child = made[0].child
        whole = sum(flow.made for flow in made)
        returned = min(away[child], whole)
        if returned <= 0:
            continue
        away[child] -= returned
        alike = sum(f.made for f in made if f.is_alike and f.parent != child)
        before = back.get(child, Returned(0.0, 0.0))
        back[child] = Returned(
            before.quantity + returned, before.of_alike + returned * alike / whole
        )
    return back

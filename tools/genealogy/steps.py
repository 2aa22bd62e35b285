"""One hop of a walk along the links: how much goes along, and when.

A lot that was used up before cannot hold what came later, whatever is on record:

>>> hops = [
...     Hop("late", "vat", 5, 5, 5, made=9e6),
...     Hop("vat", "pot", 5, 5, 5, used=8e6),
... ]
>>> sorted(in_time(["late"], steps_of(hops)).lots)
['late', 'vat']
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from math import inf
from typing import Final, NamedTuple

from .order import Lot

#: The direction of a walk: from children to parents, or from parents to children.
BACK: Final = True
FORWARD: Final = False
#: Records of one operation are some seconds apart.
SAME_MOMENT = 60.0


_EPOCH = datetime(1970, 1, 1)


def seconds(moment: datetime) -> float:
    """Return a naive UTC time as seconds."""
    return (moment - _EPOCH).total_seconds()


def between(made: float | None, used: float | None) -> tuple[float, float]:
    """Return when a lot was first made of another and last used for it.

    :param made: in seconds, as ``used``; None when unknown: that contradicts nothing
    """
    return -inf if made is None else made, inf if used is None else used


class Hop(NamedTuple):
    """What went from one lot straight into another; quantities in the parent's unit."""

    parent: Lot
    child: Lot
    #: how much went in: as recorded, where lots made together share it
    quantity: float
    #: how much of that is known to be so
    exact: float
    #: how much it was if this child alone had all that was used beside others
    most: float
    #: when the child was first made of it, and when it was last used for that, in
    #: seconds; unknown dates contradict nothing
    made: float = -inf
    used: float = inf
    #: False where dates contradict it: made before it was used, or used before it came
    is_possible: bool = True
    #: made and used by what is known to be so, where other records say otherwise
    exact_dates: tuple[float, float] | None = None

    @property
    def certain_dates(self) -> tuple[float, float]:
        """Made and used, of what is known to have gone in."""
        return self.exact_dates or (self.made, self.used)


class Step(NamedTuple):
    """A hop in the direction of the walk, and which share of the source it passes on.

    Of two steps in a row, the second left no sooner than the first entered, if dates
    are right.
    """

    source: Lot
    target: Lot
    certain: float
    proportional: float
    worst: float
    entered: float
    left: float
    is_possible: bool = True
    #: when it entered and left of what is certain
    certain_entered: float = -inf
    certain_left: float = inf


def steps_of(
    hops: Iterable[Hop],
    totals: Mapping[Lot, float | None] | None = None,
    back: bool = FORWARD,
) -> list[Step]:
    """Return hops as steps; those of a lot into itself lead nowhere.

    :param totals: how much there has been of each lot, see ``path_quantity.py``
    """
    totals = totals or {}
    steps = []
    for hop in hops:
        if hop.parent == hop.child:
            continue
        source, target = (hop.child, hop.parent) if back else (hop.parent, hop.child)
        # More may have been used than is on record: no child gets more than there was.
        most = totals.get(hop.parent) or 0.0
        whole = totals.get(source) or inf
        exact = hop.exact if hop.is_possible else 0.0
        certain_made, certain_used = hop.certain_dates
        steps.append(
            Step(
                source,
                target,
                min(exact, most) / whole,
                min(hop.quantity, most) / whole,
                min(hop.most, most) / whole,
                -hop.used if back else hop.made,
                -hop.made if back else hop.used,
                hop.is_possible,
                -certain_used if back else certain_made,
                -certain_made if back else certain_used,
            )
        )
    return steps


def agree(steps: Iterable[Step]) -> bool:
    """Tell whether no dates contradict each other: then everything is in time."""
    entered: dict[Lot, float] = {}
    left: dict[Lot, float] = {}
    for step in steps:
        if not step.is_possible:
            return False
        if step.entered > entered.get(step.target, -inf):
            entered[step.target] = step.entered
        if step.left < left.get(step.source, inf):
            left[step.source] = step.left
    return all(
        entered.get(lot, -inf) <= moment + SAME_MOMENT for lot, moment in left.items()
    )


class InTime(NamedTuple):
    """What dates allow: the lots that can be reached, and the steps that lead there."""

    lots: set[Lot]
    #: ``{(source, target)}``
    steps: set[tuple[Lot, Lot]]


def in_time(starts: Iterable[Lot], steps: Iterable[Step]) -> InTime:
    """Return what a walk reaches if nothing leaves a lot before it has entered it.

    :param starts: lots that are there from the beginning
    :param steps: see ``steps_of``
    """
    waiting = leaving_of(step for step in steps if step.is_possible)
    for leaving in waiting.values():
        leaving.sort(key=lambda step: step.left)
    entered = dict.fromkeys(starts, -inf)
    passable = set()
    changed = list(entered)
    while changed:
        lot = changed.pop()
        leaving = waiting.get(lot, [])
        # The sooner anything has entered, the more of them are in time: each once.
        while leaving and entered[lot] <= leaving[-1].left + SAME_MOMENT:
            step = leaving.pop()
            passable.add((lot, step.target))
            if step.target not in entered or step.entered < entered[step.target]:
                entered[step.target] = step.entered
                changed.append(step.target)
    return InTime(set(entered), passable)


def leaving_of(steps: Iterable[Step]) -> dict[Lot, list[Step]]:
    """Return ``{source: [step]}``."""
    leaving: dict[Lot, list[Step]] = defaultdict(list)
    for step in steps:
        leaving[step.source].append(step)
    return dict(leaving)

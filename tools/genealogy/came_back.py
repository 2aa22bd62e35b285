"""How much of a lot had been the lot before: a split that is undone makes nothing.

Ten of twenty are split off, and put back:

>>> split = Flow(1, 2, "A", "B", "milk", used=10, made=10, is_alike=True)
>>> undone = Flow(3, 4, "B", "A", "milk", used=10, made=10, is_alike=True)
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
    #: what was used at once, for one child or for several
    used_line: Hashable
    parent: Lot
    child: Lot
    #: the child's product: several products count what is used of a line once each
    product: Hashable
    #: in the parent's unit
    used: float
    #: in the child's unit: how much was made of it; of a parent of another product all
    #: that was made at once, as each parent of several says
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
    uses = _Uses()
    made_lines: dict[Hashable, list[Flow]] = defaultdict(list)
    for flow in flows:
        made_lines[flow.made_line].append(flow)
    for made in made_lines.values():
        for flow in made:
            away[flow.parent] += uses.more_of(flow)
        child = made[0].child
        whole = _made_at_once(made)
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


def _made_at_once(made: Iterable[Flow]) -> float:
    """Return how much one line has made, of all its parents.

    Parents of its product share it; what a product and its by-products are taken apart
    into was made of all of them at once.
    """
    shared = sum(flow.made for flow in made if flow.is_alike)
    return max([shared, *(flow.made for flow in made if not flow.is_alike)])


class _Uses:
    """What has been used of each line, product by product that it was made into."""

    def __init__(self) -> None:
        self.used: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)

    def more_of(self, flow: Flow) -> float:
        """Return how much more of its line is used than all flows before have said."""
        products = self.used[flow.used_line]
        before = max(products.values(), default=0.0)
        products[flow.product] = products.get(flow.product, 0.0) + flow.used
        return max(products.values()) - before

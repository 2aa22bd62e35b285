"""In which order a walk visits lots: each after all that leads to it.

Lots that went into each other, as by a split that was undone, lie on a cycle. They have
no order among themselves and come as one group:

>>> following = {"raw": ["a"], "a": ["b", "end"], "b": ["a"], "end": []}
>>> [sorted(group) for group in in_order(following, following)]
[['raw'], ['a', 'b'], ['end']]
>>> depths(["raw"], [("raw", "a"), ("a", "b"), ("b", "a")])
{'raw': 0, 'a': 1, 'b': 2}
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

#: What stands for a lot, for example its id.
Lot = Hashable
#: {lot: the lots right behind it}
Following = Mapping[Lot, Collection[Lot]]


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


def in_order(lots: Iterable[Lot], following: Following) -> list[list[Lot]]:
    """Return ``lots`` in groups: each after all that leads to it.

    :param lots: all that ``following`` leads to is among them
    :return: groups of one lot, and of several where these lie on cycles together
    """
    waiting = dict.fromkeys(lots, 0)
    for lot in waiting:
        for target in following.get(lot, ()):
            waiting[target] += target != lot
    ready = [lot for lot, sources in waiting.items() if not sources]
    for lot in ready:  # it grows meanwhile
        for target in following.get(lot, ()):
            waiting[target] -= target != lot
            if not waiting[target] and target != lot:
                ready.append(target)
    groups = [[lot] for lot in ready]
    stuck = waiting.keys() - set(ready)
    return groups + cycle_groups(stuck, following) if stuck else groups


def cycle_groups(lots: Iterable[Lot], following: Following) -> list[list[Lot]]:
    """Return ``lots`` in groups as ``in_order`` does, whatever leads where.

    By Tarjan's algorithm, without recursion.
    """
    search = _Search(lots, following)
    for lot in lots:
        search.begin_at(lot)
    return search.groups[::-1]


class _Search:
    """A search in depth that finds out which lots can reach each other."""

    def __init__(self, lots: Iterable[Lot], following: Following) -> None:
        self.open = set(lots)
        self.following = following
        self.index: dict[Lot, int] = {}
        self.lowest: dict[Lot, int] = {}
        self.path: list[Lot] = []
        #: what is behind comes first
        self.groups: list[list[Lot]] = []

    def begin_at(self, root: Lot) -> None:
        walk = [] if root in self.index else [self._enter(root)]
        while walk:
            lot, targets = walk[-1]
            target = next((t for t in targets if t in self.open), None)
            if target is None:
                walk.pop()
                self._leave(lot)
                if walk:
                    self._reaches(walk[-1][0], self.lowest[lot])
            elif target in self.index:
                self._reaches(lot, self.index[target])
            else:
                walk.append(self._enter(target))

    def _enter(self, lot: Lot) -> tuple[Lot, Iterator[Lot]]:
        self.index[lot] = self.lowest[lot] = len(self.index)
        self.path.append(lot)
        return lot, iter(self.following.get(lot, ()))

    def _reaches(self, lot: Lot, index: int) -> None:
        self.lowest[lot] = min(self.lowest[lot], index)

    def _leave(self, lot: Lot) -> None:
        """Close the group that begins with a lot, if one does."""
        if self.lowest[lot] != self.index[lot]:
            return
        group: list[Lot] = []
        while not group or group[-1] != lot:
            group.append(self.path.pop())
        self.open.difference_update(group)
        self.groups.append(group)

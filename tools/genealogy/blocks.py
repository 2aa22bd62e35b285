"""Lots on cycles together, taken apart where they hang together by one lot alone.

A batch that was split into pieces, all of which were put back, hangs together with each
of them, and they do with each other by the batch alone:

>>> near = {"batch": ["a", "b"], "a": ["batch"], "b": ["batch"]}
>>> [sorted(block) for block in blocks(near, "batch")]
[['a', 'batch'], ['b', 'batch']]

A ring is one block:

>>> near = {n: [(n + 1) % 4, (n - 1) % 4] for n in range(4)}
>>> [sorted(block) for block in blocks(near, 0)]
[[0, 1, 2, 3]]
"""

from collections.abc import Iterable, Iterator, Mapping

from .order import Lot

Near = Mapping[Lot, Iterable[Lot]]


def blocks(near: Near, root: Lot) -> list[list[Lot]]:
    """Return the biconnected parts of what hangs together with ``root``.

    Two of them have one lot in common at most. The last of each is the one by which it
    hangs on the parts that come after it, up to ``root``.

    :param near: ``{lot: lots that a step joins it with}``, both ways
    """
    search = _Search(near)
    search.begin_at(root)
    return search.blocks


class _Search:
    """A search in depth, without recursion, by Hopcroft and Tarjan."""

    def __init__(self, near: Near) -> None:
        self.near = near
        self.index: dict[Lot, int] = {}
        self.lowest: dict[Lot, int] = {}
        self.path: list[Lot] = []
        self.blocks: list[list[Lot]] = []

    def begin_at(self, root: Lot) -> None:
        walk = [self._enter(root)]
        while walk:
            lot, targets = walk[-1]
            target = next(targets, None)
            if target is None:
                walk.pop()
                if walk:
                    self._leave(lot, walk[-1][0])
            elif target in self.index:
                self.lowest[lot] = min(self.lowest[lot], self.index[target])
            else:
                walk.append(self._enter(target))

    def _enter(self, lot: Lot) -> tuple[Lot, Iterator[Lot]]:
        self.index[lot] = self.lowest[lot] = len(self.index)
        self.path.append(lot)
        return lot, iter(self.near[lot])

    def _leave(self, lot: Lot, before: Lot) -> None:
        """Close the block of ``lot``, if nothing in it leads around ``before``."""
        if self.lowest[lot] < self.index[before]:
            self.lowest[before] = min(self.lowest[before], self.lowest[lot])
            return
        block: list[Lot] = []
        while not block or block[-1] != lot:
            block.append(self.path.pop())
        self.blocks.append([*block, before])

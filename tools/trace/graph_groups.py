"""Group the lots of a large genealogy so that it fits a screen: by level, by product.

A lot is a node of its own while there is room for it. Where many lots of one product
stand on one level they share the node of a group; opening it shows the first of them,
by name.

>>> lots = [Lot(n, level=1, product_id=7, name=f"L-{n}") for n in range(100)]
>>> node_of = group_lots([Lot("root", 0, 1, "R"), *lots], opened={"1:7": 2})
>>> node_of["root"], node_of[0], node_of[1], node_of[2]
('root', 0, 1, Group(level=1, product_id=7))
>>> node_of[2].key
'1:7'
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

#: Up to this many lots none is grouped.
LOTS_WITHOUT_GROUPS = 60
#: More lots than this of one product on one level become a group.
LOTS_PER_PRODUCT = 6
#: More nodes than this on one level, and all its lots become one group.
NODES_PER_LEVEL = 16


class Lot(NamedTuple):
    id: Hashable
    #: negative for ancestors
    level: int
    product_id: int
    name: str


class Group(NamedTuple):
    level: int
    #: 0: all products of the level
    product_id: int

    @property
    def key(self) -> str:
        return f"{self.level}:{self.product_id}"


def group_lots(
    lots: Iterable[Lot],
    opened: Mapping[str, int] | None = None,
    shown: Iterable[Hashable] = (),
    at_most: int = LOTS_WITHOUT_GROUPS,
) -> dict[Hashable, Hashable]:
    """Return ``{lot id: its own id, or the Group whose node it shares}``.

    :param opened: ``{group key: how many of its lots to draw}``; a level that is
        opened shows its products
    :param shown: ids of lots that have a node of their own in any case
    :param at_most: up to so many lots none is grouped
    """
    lots = list(lots)
    if len(lots) <= at_most:
        return {lot.id: lot.id for lot in lots}
    opened, shown = dict(opened or {}), set(shown)
    node_of: dict[Hashable, Hashable] = {}
    for group, members in _groups(lots, opened):
        members.sort(key=lambda lot: (lot.id not in shown, lot.name, str(lot.id)))
        alone = len(members)
        if group:
            alone = opened.get(group.key, 0) if group.product_id else 0
            alone += sum(lot.id in shown for lot in members)
        node_of.update(
            (lot.id, lot.id if place < alone else group)
            for place, lot in enumerate(members)
        )
    return _without_groups_of_one(node_of)


def _groups(
    lots: Iterable[Lot], opened: Mapping[str, int]
) -> Iterator[tuple[Group | None, list[Lot]]]:
    """Yield ``(Group, its lots)``; the group is None for lots that stay alone."""
    levels: dict[int, dict[int, list[Lot]]] = defaultdict(lambda: defaultdict(list))
    for lot in lots:
        levels[lot.level][lot.product_id].append(lot)
    for level, products in levels.items():
        whole = Group(level, 0)
        if _count_nodes(products) > NODES_PER_LEVEL and whole.key not in opened:
            yield whole, [lot for members in products.values() for lot in members]
            continue
        for product_id, members in products.items():
            few = len(members) <= LOTS_PER_PRODUCT
            yield None if few else Group(level, product_id), members


def _count_nodes(products: Mapping[int, list[Lot]]) -> int:
    return sum(
        len(members) if len(members) <= LOTS_PER_PRODUCT else 1
        for members in products.values()
    )


def _without_groups_of_one(
    node_of: Mapping[Hashable, Hashable],
) -> dict[Hashable, Hashable]:
    sizes = Counter(node_of.values())
    return {
        lot_id: lot_id if sizes[node] == 1 else node for lot_id, node in node_of.items()
    }

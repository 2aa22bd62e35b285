"""Fold a large genealogy so that it fits a screen: by level, then by product.

A lot is drawn alone while there is room for it. Where many lots of one product stand on
one level they are drawn as one group; opening it shows the first of them, by name.

>>> lots = [Lot(n, level=1, product_id=7, name=f"L-{n}") for n in range(100)]
>>> seat_of = fold([Lot("root", 0, 1, "R"), *lots], opened={"1:7": 2})
>>> seat_of["root"], seat_of[0], seat_of[1], seat_of[2]
('root', 0, 1, Group(level=1, product_id=7))
>>> seat_of[2].key
'1:7'
"""

from collections import Counter, defaultdict
from typing import NamedTuple

#: Up to this many lots nothing is folded.
ROOM = 60
#: More lots than this of one product on one level are drawn as a group.
ALONE = 6
#: More seats than this on one level, and all its lots are drawn as one group.
LEVEL_ROOM = 16


class Lot(NamedTuple):
    id: object
    #: negative for ancestors
    level: int
    product_id: int
    name: str


class Group(NamedTuple):
    level: int
    #: 0: all products of the level
    product_id: int

    @property
    def key(self):
        return f"{self.level}:{self.product_id}"


def fold(lots, opened=(), shown=(), room=ROOM):
    """Return ``{lot: its own id, or the Group it is drawn in}``.

    :param lots: ``Lot``s
    :param dict opened: ``{group key: how many of its lots to draw}``; a level that is
        opened shows its products
    :param shown: ids of lots that are drawn alone in any case
    :param int room: up to so many lots nothing is folded
    """
    lots = list(lots)
    if len(lots) <= room:
        return {lot.id: lot.id for lot in lots}
    opened, shown = dict(opened or {}), set(shown)
    seats = {}
    for group, members in _groups(lots, opened):
        members.sort(key=lambda lot: (lot.id not in shown, lot.name, str(lot.id)))
        alone = len(members)
        if group:
            alone = opened.get(group.key, 0) if group.product_id else 0
            alone += sum(lot.id in shown for lot in members)
        seats.update(
            (lot.id, lot.id if place < alone else group)
            for place, lot in enumerate(members)
        )
    return _without_groups_of_one(seats)


def _groups(lots, opened):
    """Yield ``(Group, its lots)``; the group is None for lots that stay alone."""
    levels = defaultdict(lambda: defaultdict(list))
    for lot in lots:
        levels[lot.level][lot.product_id].append(lot)
    for level, products in levels.items():
        whole = Group(level, 0)
        if _seats(products) > LEVEL_ROOM and whole.key not in opened:
            yield whole, [lot for members in products.values() for lot in members]
            continue
        for product_id, members in products.items():
            few = len(members) <= ALONE
            yield None if few else Group(level, product_id), members


def _seats(products):
    return sum(
        len(members) if len(members) <= ALONE else 1 for members in products.values()
    )


def _without_groups_of_one(seats):
    sizes = Counter(seat for seat in seats.values() if isinstance(seat, Group))
    return {
        lot_id: lot_id if sizes.get(seat) == 1 else seat
        for lot_id, seat in seats.items()
    }

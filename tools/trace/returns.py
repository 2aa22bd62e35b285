"""Who still has how much, when goods come back from another address.

A return counts against deliveries before it: first those to the address that sends it
back, then those to other addresses of its company, then anybody's; of these, the latest
with something left. What nobody had been sent stays with who sends it back.

>>> moved = settle(
...     [
...         Consignment(1, 10, 7, 8.0, moment=1),
...         Consignment(1, 12, 12, 5.0, moment=2),
...         Consignment(1, 11, 7, 3.0, moment=3, is_return=True),
...     ]
... )
>>> [(one.sender_id, one.receiver_id, one.quantity) for one in moved]
[(11, 10, 3.0)]

Another company sends back what had been sent, of two the latest before the return:

>>> moved = settle(
...     [
...         Consignment(1, 10, 10, 9.0, moment=1),
...         Consignment(1, 12, 12, 2.0, moment=2),
...         Consignment(1, 11, 11, 3.0, moment=3, is_return=True),
...         Consignment(1, 13, 13, 9.0, moment=4),
...     ]
... )
>>> [(one.sender_id, one.receiver_id, one.quantity) for one in moved]
[(11, 12, 2.0), (11, 10, 1.0)]
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

#: Less than that is left only by rounding.
NOTHING = 1e-9


class Consignment(NamedTuple):
    """Goods of a lot that one partner received, or sent back."""

    lot_id: int
    #: None where there is no address
    partner_id: int | None
    #: the company that the partner's address belongs to
    company_id: int | None
    quantity: float
    #: when; of the same moment, deliveries come first
    moment: Any
    is_return: bool = False
    #: by which document
    document: Hashable = None


class Moved(NamedTuple):
    """A part of a return that counts against the delivery to somebody else."""

    lot_id: int
    sender_id: int | None
    return_document: Hashable
    receiver_id: int | None
    delivery_document: Hashable
    quantity: float


class _Delivery:
    """A delivery, and how much of it has not come back yet."""

    __slots__ = ("consignment", "left")

    def __init__(self, consignment: Consignment) -> None:
        self.consignment = consignment
        self.left = consignment.quantity


def settle(consignments: Iterable[Consignment]) -> list[Moved]:
    """Return which parts of returns count against deliveries to somebody else."""
    of_lot: dict[int, list[Consignment]] = defaultdict(list)
    for consignment in consignments:
        of_lot[consignment.lot_id].append(consignment)
    moved = []
    for of_one in of_lot.values():
        of_one.sort(key=lambda one: (one.moment, one.is_return))
        moved += _settle_lot(of_one)
    return moved


def _settle_lot(consignments: list[Consignment]) -> list[Moved]:
    """Settle the consignments of one lot, the earliest first."""
    open_: dict[Hashable, list[_Delivery]] = defaultdict(list)
    moved = []
    for one in consignments:
        groups = _groups(one)
        if one.is_return:
            moved += _take_back(one, [open_[group] for group in groups])
            continue
        delivery = _Delivery(one)
        for group in groups:
            open_[group].append(delivery)
    return moved


def _groups(one: Consignment) -> list[Hashable]:
    """Return whose deliveries a consignment is among, the nearest first."""
    groups: list[Hashable] = [("partner", one.partner_id), "anybody"]
    if one.company_id:
        groups.insert(1, ("company", one.company_id))
    return groups


def _take_back(back: Consignment, groups: list[list[_Delivery]]) -> list[Moved]:
    moved = []
    needed = back.quantity
    for deliveries in groups:
        while deliveries and needed > NOTHING:
            delivery = deliveries[-1]
            taken = min(needed, delivery.left)
            delivery.left -= taken
            needed -= taken
            if delivery.left <= NOTHING:
                deliveries.pop()
            sent = delivery.consignment
            if taken > NOTHING and sent.partner_id != back.partner_id:
                ends = (back.document, sent.partner_id, sent.document)
                moved.append(Moved(back.lot_id, back.partner_id, *ends, taken))
    return moved

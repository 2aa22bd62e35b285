"""Who still has how much, when goods come back from another address.

>>> rows = [
...     Receipt(1, 10, 7, delivered=8.0),
...     Receipt(1, 11, 7, returned=3.0),
...     Receipt(1, 12, 12, delivered=5.0, returned=1.0),
... ]
>>> [(row.partner_id, row.delivered, row.returned) for row in settle(rows)]
[(10, 8.0, 3.0), (12, 5.0, 1.0)]

Another company sends back what one had been sent: nobody has any.

>>> rows = [Receipt(1, 10, 7, delivered=2.0), Receipt(1, 12, 12, returned=2.0)]
>>> [(row.partner_id, row.delivered, row.returned) for row in settle(rows)]
[(10, 2.0, 2.0)]
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Receipt(NamedTuple):
    """What one partner received of one lot, and sent back."""

    lot_id: int
    partner_id: int
    #: the company that the partner's address belongs to
    commercial_partner_id: int
    delivered: float = 0.0
    returned: float = 0.0

    @property
    def excess(self) -> float:
        return max(0.0, self.returned - self.delivered)


def settle(rows: Sequence[Receipt]) -> list[Receipt]:
    """Count returns against whoever has the goods, whichever address sent them back.

    A return whose delivery is known comes here under the receiver's name. Of the rest,
    what an address returned beyond what it had received goes against the other
    addresses of its company, then against whoever else has the lot: the largest first,
    and of equals the first by id. What nobody had been sent stays where it is.

    :param rows: ``Receipt`` per lot and partner
    :return: the same without those who had nothing and owe nothing
    """
    of_lot: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        of_lot[row.lot_id].append(index)
    settled = list(rows)
    owing = [index for index, row in enumerate(rows) if row.excess]
    for index in owing:
        company = rows[index].commercial_partner_id
        others = of_lot[rows[index].lot_id] if company else ()
        same = (o for o in others if rows[o].commercial_partner_id == company)
        _share_out(settled, index, same)
    for index in owing:
        others = of_lot[rows[index].lot_id]
        _share_out(settled, index, sorted(others, key=lambda o: _rank(settled[o])))
    return [row for row in settled if row.delivered or row.returned]


def _rank(row: Receipt) -> tuple[float, int]:
    return row.returned - row.delivered, row.partner_id or 0


def _share_out(rows: list[Receipt], index: int, addresses: Iterable[int]) -> None:
    for other in addresses:
        has = rows[other].delivered - rows[other].returned
        moved = min(rows[index].excess, max(0.0, has))
        if moved:
            rows[index] = rows[index]._replace(returned=rows[index].returned - moved)
            rows[other] = rows[other]._replace(returned=rows[other].returned + moved)

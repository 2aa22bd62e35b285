"""What became of the goods of one row: what was told, and what has come in since.

A consignee tells what was true on that day. What comes in later comes out of what was
on hand then, so the same goods never count twice:

>>> told = Told(on_hand=10)
>>> settle(Row(10, told=told, received=4)).line[:5]
(10, 0.0, 6.0, 0.0, 0.0)

What they say was sent is on its way until it is here:

>>> settle(Row(10, told=Told(returned=10), received=4)).on_its_way
6.0
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from .answers import Problem, problems_of
from .balance import Line


class Onward(NamedTuple):
    """To whom a consignee has passed goods on."""

    name: str
    email: str = ""
    phone: str = ""
    quantity: float = 0.0


class Told(NamedTuple):
    """What a consignee tells of one batch; no two quantities hold the same goods."""

    on_hand: float = 0.0
    used: float = 0.0
    #: of ``used``, before the notice came
    used_before: float = 0.0
    passed_on: float = 0.0
    #: nobody knows where it is
    not_located: float = 0.0
    returned: float = 0.0
    destroyed: float = 0.0
    corrected: float = 0.0
    #: says that it is none of theirs
    is_declined: bool = False
    note: str = ""
    #: how and when it was destroyed
    method: str = ""
    day: date | None = None
    passed_to: tuple[Onward, ...] = ()

    def line(self, shipped: float, returned_before: float = 0.0) -> Line:
        """Return it as a line of the balance, of what was shipped."""
        told = (getattr(self, name) for name in Line._fields[2:])
        return Line(shipped, returned_before, *told)

    def problems(self, shipped: float, returned_before: float = 0.0) -> list[Problem]:
        """Return all that cannot be, as ``problems_of`` does.

        What was not located had been received as well: it counts with the rest.

        >>> Told(on_hand=7, not_located=5).problems(10)
        [Problem(kind='too_much', field='', quantity=2.0)]
        >>> Told(not_located=-1).problems(10)
        [Problem(kind='negative', field='not_located', quantity=0.0)]
        """
        if self.is_declined:
            return []
        if not isfinite(self.not_located):
            return [Problem("no_number", "not_located")]
        if self.not_located < 0:
            return [Problem("negative", "not_located")]
        line = self.line(shipped, returned_before)
        return problems_of(line._replace(on_hand=line.on_hand + self.not_located))


class Row(NamedTuple):
    """One consignee and one batch, as the ledger knows them."""

    shipped: float
    returned_before: float = 0.0
    #: None as long as nobody has answered
    told: Told | None = None
    #: came in since the launch from them straight, by our own documents
    received: float = 0.0
    #: of that, what had come in when the answer was given
    received_then: float = 0.0
    #: came in by way of whom they had it from, see ``Settled.by_way`` of that row
    received_by_way: float = 0.0
    #: what those to whom it was passed on say that they sent back, less what came
    #: from them straight: it comes by way of this row
    returned_by_next: float = 0.0


class Settled(NamedTuple):
    """A line of the balance as of now."""

    line: Line
    #: told to be sent back, and not here yet; part of ``line.on_hand``
    on_its_way: float
    #: of what came in: what those behind say that they sent back; it counts with them
    by_way: float = 0.0


def settle(row: Row) -> Settled:
    """Return what became of the goods of a row, as of now; one rule for all tiers.

    What counts as returned is what our own documents say came in, from them straight or
    by way of whom they had it from. What they tell that they sent is on its way until
    then: it is located, and not recovered.

    >>> wholesaler = Told(on_hand=100, used=50, passed_on=850)
    >>> came = settle(Row(1000, told=wholesaler, received=400, returned_by_next=400))
    >>> came.line
    Line(shipped=1000, returned_before=0.0, on_hand=100.0, used=50, used_before=0.0, \
passed_on=850.0, returned=0.0, destroyed=0.0, corrected=0.0)
    >>> shop = settle(Row(500, told=Told(returned=400), received_by_way=came.by_way))
    >>> shop.line.returned, shop.line.unaccounted, shop.on_its_way
    (400.0, 100.0, 0.0)
    """
    told = row.told or Told()
    line = told.line(row.shipped, row.returned_before)
    came_in = row.received + row.received_by_way
    through = _through(line, came_in, row.returned_by_next)
    own = came_in - through
    since = own - max(told.returned, row.received_then)
    # What those behind have not told of yet, and has come in, was not lost.
    untold = max(0.0, through - row.returned_by_next)
    on_its_way = max(0.0, told.returned - own)
    return Settled(
        line._replace(
            on_hand=max(0.0, told.on_hand - max(0.0, since)) + on_its_way,
            passed_on=line.passed_on - untold,
            returned=own + untold,
        ),
        on_its_way,
        through - untold,
    )


def shared(quantity: float, wanted: Iterable[float]) -> list[float]:
    """Return how much each gets of a quantity: as much as it wants, the first first.

    >>> shared(5, [3, 0, 4])
    [3, 0, 2]
    """
    shares = []
    for want in wanted:
        shares.append(min(want, quantity))
        quantity -= shares[-1]
    return shares


def _through(line: Line, received: float, returned_by_next: float) -> float:
    """Return how much of what came in was that of those to whom it was passed on.

    First what they say that they sent back, then what cannot be this row's own.
    """
    gone = line.used + line.destroyed + line.corrected
    own = max(0.0, line.distributed - line.passed_on - gone)
    theirs = max(received - own, min(received, returned_by_next))
    return min(max(0.0, theirs), line.passed_on)


def told_of(values: Mapping[str, Any]) -> Told:
    """Return what a mapping with at least some of the names of ``Told`` says."""
    return Told(**{name: values[name] for name in Told._fields if name in values})

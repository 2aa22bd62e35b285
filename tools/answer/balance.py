"""What became of recalled goods that one consignee received of one batch.

Whatever was distributed is on hand, used, passed on, returned, destroyed or corrected;
the rest is unaccounted for. One unit of measure throughout.

>>> line = Line(shipped=1000, returned=600, destroyed=150, used=200, used_before=200)
>>> line.unaccounted, rates_of([line])
(50.0, Rates(recovery=0.75, accounted=0.95, recoverable=0.9375))
>>> rates_of([Line(shipped=0)])
Rates(recovery=None, accounted=1.0, recoverable=None)
"""

from collections.abc import Iterable
from typing import NamedTuple

#: Less is what binary numbers add and what rounding leaves, not goods.
TOLERANCE = 1e-6


def is_none(quantity: float) -> bool:
    """Tell whether a quantity is nothing but rounding.

    >>> is_none(0.1 + 0.2 - 0.3), is_none(0.001)
    (True, False)
    """
    return abs(quantity) < TOLERANCE


class Line(NamedTuple):
    """Quantities of one consignee and one batch; no two of them hold the same goods."""

    shipped: float
    #: sent back in the course of business, before the recall
    returned_before: float = 0.0
    on_hand: float = 0.0
    #: sold to people who cannot be asked, or used; before the recall or after
    used: float = 0.0
    #: of ``used``, what was gone before the notice came: nobody could get it back
    used_before: float = 0.0
    #: to consignees who are asked themselves
    passed_on: float = 0.0
    returned: float = 0.0
    destroyed: float = 0.0
    corrected: float = 0.0

    @property
    def distributed(self) -> float:
        """What the recall is about."""
        return max(0.0, self.shipped - self.returned_before)

    @property
    def recovered(self) -> float:
        return self.returned + self.destroyed + self.corrected

    @property
    def known(self) -> float:
        """What has a place, or a fate; may be more than was distributed."""
        return self.on_hand + self.used + self.passed_on + self.recovered

    @property
    def unaccounted(self) -> float:
        return _positive(self.distributed - self.known)

    @property
    def excess(self) -> float:
        """How much more is told than was distributed: something else is among it."""
        return _positive(self.known - self.distributed)

    @property
    def over_returned(self) -> float:
        """How much more came back than was distributed: is that the same batch?"""
        return _positive(self.recovered - self.distributed)


def _positive(quantity: float) -> float:
    return float(max(0.0, quantity)) if not is_none(quantity) else 0.0


class Sums(NamedTuple):
    """Lines added up; what is too much on one makes up for nothing on another."""

    distributed: float = 0.0
    #: before the notice came, at most what was distributed
    gone: float = 0.0
    #: at most what was distributed
    recovered: float = 0.0
    unaccounted: float = 0.0
    excess: float = 0.0


def sums_of(lines: Iterable[Line]) -> Sums:
    """Return the sums of lines of one tier.

    >>> sums_of([Line(10, returned=12), Line(10, returned=8, used=1, used_before=1)])
    Sums(distributed=20.0, gone=1.0, recovered=18.0, unaccounted=1.0, excess=2.0)
    """
    distributed = gone = recovered = unaccounted = excess = 0.0
    for line in lines:
        whole = line.distributed
        gap = whole - line.known
        distributed += whole
        gone += min(line.used_before, whole)
        recovered += min(line.recovered, whole)
        unaccounted += _positive(gap)
        excess += _positive(-gap)
    return Sums(distributed, gone, recovered, unaccounted, excess)


class Rates(NamedTuple):
    """Shares, 0 to 1; None where there is nothing to have a share of."""

    #: came back, was destroyed or put right, of what was distributed
    recovery: float | None
    #: has a place or a fate; all of it if nothing was distributed
    accounted: float
    #: recovered of what was not gone before the notice: the fair figure for food
    recoverable: float | None


def rates_of(lines: Iterable[Line]) -> Rates:
    """Return the rates of lines of one tier."""
    return rates(sums_of(lines))


def rates(sums: Sums) -> Rates:
    """Return the rates of what was added up."""
    return Rates(
        share_of(sums.recovered, sums.distributed),
        accounted_of(sums.unaccounted, sums.distributed),
        share_of(sums.recovered, sums.distributed - sums.gone),
    )


def share_of(part: float, whole: float) -> float | None:
    """Return a share of at most 1, or None of nothing."""
    return None if whole < TOLERANCE else min(1.0, part / whole)


def accounted_of(missing: float, whole: float) -> float:
    """Return the share that is not missing.

    >>> accounted_of(0, 0), accounted_of(200, 9200)
    (1.0, 0.9782608695652174)
    """
    return 1.0 - (share_of(missing, whole) or 0.0)


def total_of(lines: Iterable[Line]) -> Line:
    """Return the sums of lines; their ``excess`` is not that of the sum.

    >>> total_of([Line(10, used=1), Line(5, used=2)])[:4]
    (15.0, 0.0, 0.0, 3.0)
    """
    columns = list(zip(*lines, strict=True))
    return Line(*(float(sum(column)) for column in columns)) if columns else Line(0.0)

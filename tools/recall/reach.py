"""Which lots a recall reaches, and how sure that is.

Three scopes, each within the next: by exact links alone, with what was made together
and shares by quantity, and with whatever may have some of it. Here the second pot is of
a vat that may have been filled from the first sack:

>>> ways = [Way("sack", "vat", doubt=3), Way("vat", "pot", 1, is_certain=True)]
>>> ways.append(Way("sack", "jar", 1, is_certain=True))
>>> sorted((lot, found.scope) for lot, found in reach(["sack"], ways).items())
[('jar', 1), ('pot', 3), ('sack', 1), ('vat', 3)]
>>> sorted(reach(["sack"], ways, left_out={"vat"}))
['jar', 'sack']
"""

from collections.abc import Collection, Iterable
from math import inf
from typing import Final, NamedTuple

from ..genealogy.order import Lot, depths
from ..genealogy.steps import Step, agree, in_time

#: The scopes, from the least to the most; each has all of those before.
CERTAIN: Final = 1
PROPORTIONAL: Final = 2
POSSIBLE: Final = 3


class Way(NamedTuple):
    """That some of a lot went straight into another."""

    parent: Lot
    child: Lot
    #: the scope that its surest link belongs to
    doubt: int
    #: whether an exact link is on record that dates do not contradict
    is_certain: bool = False
    #: when the child was first made of it, and when it was last used for that, in
    #: seconds; unknown dates contradict nothing
    made: float = -inf
    used: float = inf
    #: False where dates contradict it: made before it was used
    is_possible: bool = True
    #: made and used by its exact links alone, where others say otherwise
    exact_dates: tuple[float, float] | None = None

    def by_exact_links(self) -> "Way":
        """Return the way as it is if only exact links count."""
        made, used = self.exact_dates or (self.made, self.used)
        return self._replace(made=made, used=used)


class Found(NamedTuple):
    """A lot that a recall reaches."""

    #: 0: named by the recall. 1: made from it. And so on, the nearest way.
    level: int
    #: the least scope that reaches it
    scope: int
    #: whether, by all dates on record, it can have nothing of what is recalled
    is_too_early: bool


def reach(
    starts: Iterable[Lot], ways: Iterable[Way], left_out: Collection[Lot] = ()
) -> dict[Lot, Found]:
    """Return ``{lot: Found}`` of all that ``starts`` went into, and of themselves.

    :param left_out: lots that were taken out: nothing goes on through them
    """
    named = [lot for lot in starts if lot not in left_out]
    ways = [
        way for way in ways if way.parent not in left_out and way.child not in left_out
    ]
    levels = depths(named, ways)
    likely = levels
    if any(way.doubt > PROPORTIONAL for way in ways):
        likely = depths(named, (way for way in ways if way.doubt <= PROPORTIONAL))
    timely = _timely(named, ways, levels)
    certain = timely
    if not all(way.is_certain and way.exact_dates is None for way in ways):
        exact = [way.by_exact_links() for way in ways if way.is_certain]
        certain = _timely(named, exact)
    return {
        lot: Found(level, _scope(lot, certain, likely), lot not in timely)
        for lot, level in levels.items()
    }


def _timely(
    named: Collection[Lot], ways: Collection[Way], all_lots: Collection[Lot] = ()
) -> Collection[Lot]:
    """Return what dates allow to reach.

    :param all_lots: what the ways reach whatever the dates, if that is known
    """
    # How much goes along is not asked here.
    steps = [
        Step(way.parent, way.child, 0.0, 0.0, 0.0, way.made, way.used, way.is_possible)
        for way in ways
    ]
    if all_lots and agree(steps):
        return all_lots
    return in_time(named, steps).lots


def _scope(lot: Lot, certain: Collection[Lot], likely: Collection[Lot]) -> int:
    if lot in certain:
        return CERTAIN
    return PROPORTIONAL if lot in likely else POSSIBLE

"""The balance over several tiers: what a wholesaler passed on is not back yet.

>>> lines = [
...     (1, Line(shipped=1000, on_hand=100, used=50, passed_on=850)),
...     (2, Line(shipped=500, returned=400)),
...     (2, Line(shipped=350)),
... ]
>>> chain = chain_of(lines)
>>> chain.tiers[1].rates.accounted, chain.recovery, chain.unaccounted, chain.located
(1.0, 0.4, 450.0, 100.0)
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..answer.balance import (
    Line,
    Rates,
    Sums,
    accounted_of,
    is_none,
    rates,
    share_of,
    sums_of,
    total_of,
)


class Tier(NamedTuple):
    """One step away from us: 1 is whom we delivered to, 2 their customers."""

    total: Line
    sums: Sums
    rates: Rates
    #: how much more this tier was passed on than it is known to have received: whom it
    #: went to has not been said; of each who passed it on, added up
    unnamed: float
    #: how much more it received than it is known to have been passed on; likewise, so
    #: too much with one makes up for nothing that is missing with another
    unexplained: float

    @property
    def missing(self) -> float:
        """What nobody says where it is: gaps of all rows, and those nobody named."""
        return self.sums.unaccounted + self.unnamed

    @property
    def surplus(self) -> float:
        """What is too much: told beyond what they had, and had beyond what was sent."""
        return self.sums.excess + self.unexplained


class Chain(NamedTuple):
    """All tiers together, as shares of what we distributed."""

    tiers: Mapping[int, Tier]
    distributed: float
    recovered: float
    recovery: float | None
    #: lies with somebody, and can be fetched
    located: float
    #: no one says where it is, of all tiers
    unaccounted: float
    accounted: float
    #: told or returned beyond what was distributed, of all tiers: to be looked into
    excess: float

    @property
    def surplus(self) -> float:
        """Return what is too much in all tiers, never less what is missing."""
        return sum(tier.surplus for tier in self.tiers.values())


class HandedOn(NamedTuple):
    """What rows of one tier passed on, against what the next tier received of each."""

    #: passed on, and nobody is named for it
    unnamed: float = 0.0
    #: received, and not said to be passed on
    unexplained: float = 0.0


def chain_of(lines: Iterable[tuple[int, Line]]) -> Chain:
    """Return the balance of every tier, and of all of them.

    :param lines: ``(tier, line)``, tiers counted from 1; of one unit of measure
    :raise ValueError: if a tier is below 1
    """
    by_tier: dict[int, list[Line]] = defaultdict(list)
    for tier, line in lines:
        by_tier[tier].append(line)
    return chain_of_sums(
        {
            tier: (total_of(of_tier), sums_of(of_tier))
            for tier, of_tier in by_tier.items()
        }
    )


def chain_of_sums(
    summed: Mapping[int, tuple[Line, Sums]],
    handed_on: Mapping[int, HandedOn] | None = None,
) -> Chain:
    """Return the balance of lines that somebody else has added up, tier by tier.

    :param summed: ``{tier: (what total_of returns, what sums_of returns)}``
    :param handed_on: ``{tier that passed on: sums over its rows}``; without it only the
        sums of both tiers are known, and compared
    :raise ValueError: if a tier is below 1
    """
    if min(summed, default=1) < 1:
        raise ValueError("Tiers are counted from 1.")
    tiers: dict[int, Tier] = {}
    passed_on: float | None = None
    # What the last tier passed on has reached one more, of whom nobody is known.
    for number in range(1, max(summed, default=0) + 2):
        of_tier = summed.get(number)
        if of_tier or passed_on:
            line, sums = of_tier or (Line(0.0), Sums())
            handed = _handed(passed_on, sums)
            if handed_on is not None:
                handed = handed_on.get(number - 1, HandedOn())
            tiers[number] = Tier(line, sums, rates(sums), *handed)
        passed_on = tiers[number].total.passed_on if of_tier else 0.0
    return _together(tiers)


def _handed(passed_on: float | None, sums: Sums) -> HandedOn:
    gap = 0.0 if passed_on is None else passed_on - sums.distributed
    gap = 0.0 if is_none(gap) else gap
    return HandedOn(max(0.0, gap), max(0.0, -gap))


def _together(tiers: Mapping[int, Tier]) -> Chain:
    distributed = tiers[1].sums.distributed if 1 in tiers else 0.0
    recovered = sum(tier.sums.recovered for tier in tiers.values())
    missing = sum(tier.missing for tier in tiers.values())
    return Chain(
        tiers,
        distributed,
        min(recovered, distributed),
        share_of(recovered, distributed),
        sum(tier.total.on_hand for tier in tiers.values()),
        missing,
        accounted_of(missing, distributed),
        sum(tier.sums.excess for tier in tiers.values()),
    )

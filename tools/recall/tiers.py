"""The balance over several tiers: what a wholesaler passed on is not back yet.

>>> lines = [
...     (1, Line(shipped=1000, on_hand=100, used=50, passed_on=850)),
...     (2, Line(shipped=500, returned=400)),
...     (2, Line(shipped=350)),
... ]
>>> chain = chain_of(lines)
>>> chain.tiers[1].accounted, chain.recovery, chain.unaccounted, chain.located
(1.0, 0.4, 450.0, 100.0)
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .balance import Line, accounted_of, is_none, rates_of, share_of, total_of


class Tier(NamedTuple):
    """One step away from us: 1 is whom we delivered to, 2 their customers."""

    total: Line
    recovery: float | None
    accounted: float
    recoverable: float | None
    unaccounted: float
    #: how much more this tier was passed on than it is known to have received: whom it
    #: went to has not been said
    unnamed: float
    #: how much more it received than it is known to have been passed on
    unexplained: float


class Chain(NamedTuple):
    """All tiers together, as shares of what we distributed."""

    tiers: dict[int, Tier]
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


def chain_of(lines: Iterable[tuple[int, Line]]) -> Chain:
    """Return the balance of every tier, and of all of them.

    :param lines: ``(tier, line)``, tiers counted from 1; of one unit of measure
    :raise ValueError: if a tier is below 1
    """
    by_tier: dict[int, list[Line]] = defaultdict(list)
    for tier, line in lines:
        by_tier[tier].append(line)
    if min(by_tier, default=1) < 1:
        raise ValueError("Tiers are counted from 1.")
    tiers: dict[int, Tier] = {}
    passed_on: float | None = None
    # What the last tier passed on has reached one more, of whom nobody is known.
    for number in range(1, max(by_tier, default=0) + 2):
        of_tier = by_tier.get(number, [])
        if of_tier or passed_on:
            tiers[number] = _tier(of_tier, passed_on)
        passed_on = sum(line.passed_on for line in of_tier)
    return _together(by_tier, tiers)


def _tier(lines: list[Line], passed_on: float | None) -> Tier:
    total = total_of(lines)
    received = sum(line.distributed for line in lines)
    unnamed = 0.0 if passed_on is None else passed_on - received
    return Tier(
        total,
        *rates_of(lines),
        unaccounted=sum(line.unaccounted for line in lines),
        unnamed=0.0 if is_none(unnamed) else max(0.0, unnamed),
        unexplained=0.0 if is_none(unnamed) else max(0.0, -unnamed),
    )


def _together(by_tier: dict[int, list[Line]], tiers: dict[int, Tier]) -> Chain:
    lines = [line for of_tier in by_tier.values() for line in of_tier]
    distributed = sum(line.distributed for line in by_tier.get(1, ()))
    recovered = sum(min(line.recovered, line.distributed) for line in lines)
    missing = sum(tier.unaccounted + tier.unnamed for tier in tiers.values())
    return Chain(
        tiers,
        distributed,
        min(recovered, distributed),
        share_of(recovered, distributed),
        sum(line.on_hand for line in lines),
        missing,
        accounted_of(missing, distributed),
        sum(line.excess for line in lines),
    )

"""What would another removal strategy have cost? A replay, lot by lot, in days.

One product at a time: its receipts and its demand of a period, in the order of time,
under one ordering of ``tools/removal/ordering.py``. Nothing is forecast and nothing is
bought anew: every strategy meets the same lots and the same demand, so that what
differs is what the strategy does.

What a lot is worth is judged by what has really become of it, its *effective* life;
what people do with it, by what they know. Strategies by label throw a lot away on the
day that is printed; one by effective expiry (FESAL) knows of the warmth and throws it
away when its life is over. A lot sold after its effective life was sold too late.

>>> lots = [Lot("old", 0, 10, expiry=20, cost=2.0), Lot("new", 1, 10, expiry=9)]
>>> demand = [Demand(day=5, quantity=8), Demand(day=12, quantity=5)]
>>> fifo = replay(lots, demand, Policy(FIFO))
>>> fifo.sold, fifo.wasted, fifo.lost
(10.0, 10.0, 3.0)
>>> fefo = replay(lots, demand, Policy(FEFO))
>>> fefo.sold, fefo.wasted, fefo.lost
(13.0, 2.0, 0.0)
"""

import heapq
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..removal.ordering import (  # noqa: F401
    FEFO,
    FEMAL,
    FESAL,
    FIFO,
    Candidate,
    Key,
    Ordering,
)
from ..removal.remaining_life import Requirement

NEVER = float("inf")


class Lot(NamedTuple):
    """One receipt. Days count from the start of the replay, parts of days too.

    :param day: when it came in
    :param expiry: the printed end of its life, None if it never ends
    :param best_before: printed end of the useful life, None if as ``expiry``
    :param effective: when it really was over, None if as printed
    :param produced: when it was made, None if nobody knows
    :param since: its age for FIFO, None for the day it came in
    """

    key: Any
    day: float
    quantity: float
    expiry: float | None = None
    best_before: float | None = None
    effective: float | None = None
    produced: float | None = None
    cost: float = 0.0
    since: float | None = None
    removal: float | None = None


class Demand(NamedTuple):
    """Somebody wants some of it to leave on a day.

    :param asked: the life it must have left on arrival
    :param transit: days until it arrives
    """

    day: float
    quantity: float
    asked: Requirement = Requirement()
    transit: float = 0


class Policy(NamedTuple):
    """A strategy and its settings."""

    ordering: Ordering
    window_days: float = 0
    margin_days: float = 0
    margin_percent: float = 0

    def required(self, asked: Requirement) -> Requirement:
        """Return what a lot must meet for somebody who asks for ``asked``."""
        if self.ordering != FEMAL:
            return asked
        return asked._replace(
            above_days=self.margin_days, above_percent=self.margin_percent
        )


@dataclass
class Outcome:
    """What a policy comes to. Quantities add up: sold + wasted + left = received."""

    received: float = 0.0
    sold: float = 0.0
    too_late: float = 0.0
    wasted: float = 0.0
    left: float = 0.0
    lost: float = 0.0
    life: float = 0.0
    dated: float = 0.0
    wasted_value: float = 0.0
    sold_value: float = 0.0

    @property
    def mean_life(self) -> float:
        """Days of useful life that a unit had left on delivery, on average."""
        return self.life / self.dated if self.dated else 0.0

    def add(self, other: "Outcome") -> None:
        """Add what the same policy came to for another product."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


class _Stocked:
    """A lot on the shelf, with what is asked of it again and again worked out."""

    __slots__ = (
        "cost",
        "discard",
        "expiry",
        "key",
        "left",
        "spoiled",
        "total",
        "useful",
    )

    def __init__(self, lot: Lot, policy: Policy, place: int) -> None:
        expiry = NEVER if lot.expiry is None else lot.expiry
        effective = expiry if lot.effective is None else min(lot.effective, expiry)
        useful = expiry if lot.best_before is None else lot.best_before
        removal = expiry if lot.removal is None else lot.removal
        knows = policy.ordering == FESAL
        self.left = lot.quantity
        self.cost = lot.cost
        self.expiry = expiry
        self.useful = min(useful, effective) if knows else useful
        # What is over by its label is not sold, however late it were to be removed.
        self.discard = min(removal, effective if knows else expiry)
        self.spoiled = effective
        self.total = None if lot.produced is None else self.useful - lot.produced
        since = lot.day if lot.since is None else lot.since
        values = Candidate(
            key=self,
            in_date=since,
            removal_date=_known(removal),
            expiration_date=_known(expiry),
            useful_until=_known(self.useful),
            effective_expiration_date=_known(effective),
            unit_cost=lot.cost,
            id=place,
        )
        self.key = policy.ordering.key(values)


def replay(lots: Iterable[Lot], demands: Sequence[Demand], policy: Policy) -> Outcome:
    """Return the ``Outcome`` of one policy for one product.

    :param lots: in any order
    :param demands: in any order
    """
    outcome = Outcome()
    shelf = _Shelf(policy, outcome)
    coming = sorted(lots, key=lambda lot: lot.day)
    place = 0
    for demand in sorted(demands, key=lambda each: each.day):
        while place < len(coming) and coming[place].day <= demand.day:
            shelf.put(coming[place], place)
            place += 1
        shelf.discard(demand.day)
        shelf.serve(demand)
    for later in range(place, len(coming)):
        shelf.put(coming[later], later)
    shelf.close(max([0.0, *(each.day for each in demands)]))
    return outcome


#: Where a lot stands on the shelf.
_Entry = tuple[Key | float, int, _Stocked]


class _Shelf:
    """What is in stock, in the order in which it should leave."""

    def __init__(self, policy: Policy, outcome: Outcome) -> None:
        self.policy = policy
        self.outcome = outcome
        self.order: list[_Entry] = []
        self.ends: list[tuple[float, int, _Stocked]] = []
        self.needs: dict[Requirement, Requirement] = {}
        self.similar = bool(policy.ordering.similar)

    def put(self, lot: Lot, place: int) -> None:
        stocked = _Stocked(lot, self.policy, place)
        self.outcome.received += lot.quantity
        # Similar dates are grouped when something is asked for: sorted by the date.
        first = stocked.expiry if self.similar else stocked.key
        insort(self.order, (first, place, stocked))
        if stocked.discard < NEVER:
            heapq.heappush(self.ends, (stocked.discard, place, stocked))

    def discard(self, day: float) -> None:
        """Throw away what is over on ``day``."""
        ends, outcome = self.ends, self.outcome
        while ends and ends[0][0] <= day:
            stocked = heapq.heappop(ends)[2]
            outcome.wasted += stocked.left
            outcome.wasted_value += stocked.left * stocked.cost
            stocked.left = 0.0

    def serve(self, demand: Demand) -> None:
        needed = demand.quantity
        gone = 0
        for stocked in self._recommended(demand):
            if needed <= 0:
                break
            amount = min(needed, stocked.left)
            self._sell(stocked, amount, demand.day)
            needed -= amount
            gone += not stocked.left
        self.outcome.lost += max(0.0, needed)
        if gone:
            self.order = [entry for entry in self.order if entry[2].left]

    def _recommended(self, demand: Demand) -> Iterator[_Stocked]:
        """Yield what may be sold, in order."""
        fit = self._fit(demand)
        if not self.similar:
            yield from (entry[2] for entry in fit)
            return
        window, reach = self.policy.window_days, None
        group: list[_Stocked] = []
        for _key, _place, stocked in fit:
            if reach is not None and stocked.expiry > reach:
                yield from sorted(group, key=lambda each: each.key)
                group, reach = [], None
            if reach is None:
                reach = stocked.expiry + window
            group.append(stocked)
        yield from sorted(group, key=lambda each: each.key)

    def _fit(self, demand: Demand) -> Iterator[_Entry]:
        asked = demand.asked
        required = self.needs.get(asked)
        if required is None:
            required = self.needs[asked] = self.policy.required(asked)
        arrival = demand.day + demand.transit
        arriving = (
            entry
            for entry in self.order
            if entry[2].left and entry[2].expiry >= arrival
        )
        if required == Requirement():
            return arriving
        return self._lasting(arriving, required, arrival)

    def _lasting(
        self, entries: Iterator[_Entry], required: Requirement, day: float
    ) -> Iterator[_Entry]:
        for entry in entries:
            stocked = entry[2]
            if stocked.useful == NEVER:
                yield entry  # what never ends always lasts
                continue
            needed = required.days_needed(stocked.total)
            if needed is not None and stocked.useful - day >= needed:
                yield entry

    def _sell(self, stocked: _Stocked, amount: float, day: float) -> None:
        outcome = self.outcome
        stocked.left -= amount
        outcome.sold += amount
        outcome.sold_value += amount * stocked.cost
        if day > stocked.spoiled:
            outcome.too_late += amount
        if stocked.useful < NEVER:
            outcome.life += amount * (stocked.useful - day)
            outcome.dated += amount

    def close(self, day: float) -> None:
        """Count what is over by the last day, and what is left."""
        self.discard(day)
        self.outcome.left = sum(entry[2].left for entry in self.order)


def _known(day: float) -> float | None:
    return None if day == NEVER else day

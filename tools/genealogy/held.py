"""What has flowed into a lot, and when: only what is there can flow on."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from math import inf
from typing import NamedTuple

from .steps import SAME_MOMENT, Step

#: More than this is in nothing: it stays a number, however often it flows around.
MOST = 1e100


class Amounts(NamedTuple):
    """What flows along a step: when it enters for certain, and how much."""

    entered: float
    certain: float
    proportional: float
    worst: float


class Held:
    """What has flowed into a lot, and when."""

    __slots__ = ("certain", "inflows", "latest", "proportional", "until", "worst")

    def __init__(self) -> None:
        self.certain = self.proportional = self.worst = 0.0
        self.latest = -inf
        #: ``{when: how much entered for certain}``
        self.inflows: dict[float, float] = {}
        self.until: tuple[list[float], list[float]] | None = None

    def add(
        self, entered: float, certain: float, proportional: float, worst: float
    ) -> None:
        self.proportional = min(self.proportional + proportional, MOST)
        self.worst = min(self.worst + worst, MOST)
        if certain:
            self.certain = min(self.certain + certain, MOST)
            self.latest = max(self.latest, entered)
            before = self.inflows.get(entered, 0.0)
            self.inflows[entered] = min(before + certain, MOST)
            self.until = None

    def add_all(self, others: Iterable["Held"]) -> "Held":
        """Add all that ``others`` hold; return itself."""
        for other in others:
            self.proportional = min(self.proportional + other.proportional, MOST)
            self.worst = min(self.worst + other.worst, MOST)
            for entered, certain in other.inflows.items():
                self.add(entered, certain, 0.0, 0.0)
        return self

    def is_empty(self) -> bool:
        return not (self.worst or self.proportional or self.certain)

    def take(self, step: Step) -> Amounts:
        """Return what goes along a step."""
        last = step.certain_left + SAME_MOMENT
        certain = self.certain if self.latest <= last else self._before(last)
        return Amounts(
            step.certain_entered,
            certain * step.certain,
            self.proportional * step.proportional,
            self.worst * step.worst,
        )

    def _before(self, moment: float) -> float:
        """Return how much had entered for certain."""
        if self.until is None:
            moments = sorted(self.inflows)
            sums = accumulate(self.inflows[when] for when in moments)
            self.until = moments, [0.0, *sums]
        moments, sums_until = self.until
        return sums_until[bisect_right(moments, moment)]

    def at_most(self, limit: float) -> tuple[float, float, float]:
        # What is taken off because it counts twice leaves rounding errors.
        certain = max(0.0, min(self.certain, limit))
        proportional = max(certain, min(self.proportional, limit))
        return certain, proportional, max(proportional, min(self.worst, limit))

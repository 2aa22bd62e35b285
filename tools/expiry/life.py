"""Life that goes by faster where it is warmer: what is left of it.

Models say how fast at a temperature, beside the one that the label names. They hold
where what happened before does not change how goods age later (Labuza & Fu 1993).

>>> model = Q10(reference=4, factor=2)
>>> used = consumed([Held(36 * 3600, 4), Held(12 * 3600, 14)], model) / DAY
>>> used, 10 - used
(2.5, 7.5)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, isfinite
from typing import Final, Protocol

from .intervals import ABSOLUTE_ZERO, Held, check_celsius

#: kJ/(mol K)
GAS_CONSTANT: Final = 8.314462618e-3
DAY: Final = 86400.0
#: Kilojoules per mole between which food and medicines age; more or less is a slip.
ENERGIES: Final = (10.0, 300.0)
FACTORS: Final = (1.0, 20.0)


class Model(Protocol):
    """How fast life goes by at a temperature; 1 at the one of the label."""

    def rate(self, celsius: float) -> float: ...


@dataclass(frozen=True)
class Q10:
    """So many times faster with each ten degrees.

    >>> f"{14 / Q10(20, 2.5).rate(4):.1f}"
    '60.7'
    """

    reference: float
    factor: float

    def __post_init__(self) -> None:
        check_celsius(self.reference)
        _check(self.factor, FACTORS, "The factor per ten degrees")

    def rate(self, celsius: float) -> float:
        return float(self.factor ** ((check_celsius(celsius) - self.reference) / 10))


@dataclass(frozen=True)
class Arrhenius:
    """By the energy that a reaction needs, in kJ/mol.

    >>> round(Arrhenius(5, 83.144).rate(25), 4)
    11.1523
    """

    reference: float
    energy: float

    def __post_init__(self) -> None:
        check_celsius(self.reference)
        _check(self.energy, ENERGIES, "The activation energy in kJ/mol")

    def rate(self, celsius: float) -> float:
        here = 1 / (check_celsius(celsius) - ABSOLUTE_ZERO)
        there = 1 / (self.reference - ABSOLUTE_ZERO)
        return exp(-self.energy / GAS_CONSTANT * (here - there))


@dataclass(frozen=True)
class SquareRoot:
    """Growth of bacteria (Ratkowsky): none where it is colder than ``minimum``.

    >>> model = SquareRoot(reference=4, minimum=-8)
    >>> [round(model.rate(celsius), 4) for celsius in (-10, 0, 8)]
    [0.0, 0.4444, 1.7778]
    """

    reference: float
    minimum: float

    def __post_init__(self) -> None:
        check_celsius(self.minimum)
        if not check_celsius(self.reference) > self.minimum:
            raise ValueError(
                f"The label's temperature ({self.reference:g} °C) must be above the "
                f"one at which nothing grows ({self.minimum:g} °C)."
            )

    def rate(self, celsius: float) -> float:
        above = max(0.0, check_celsius(celsius) - self.minimum)
        return float((above / (self.reference - self.minimum)) ** 2)


def _check(value: float, limits: tuple[float, float], what: str) -> None:
    lowest, highest = limits
    if not isfinite(value) or not lowest <= value <= highest:
        raise ValueError(f"{what} is from {lowest:g} to {highest:g}, not {value:g}.")


def consumed(intervals: Iterable[Held], model: Model) -> float:
    """Return how much life at the label's temperature has gone by, in seconds."""
    return sum(each.seconds * model.rate(each.celsius) for each in intervals)


def lost(intervals: Iterable[Held], model: Model) -> float:
    """Return how many seconds more have gone by than the clock says; never below 0.

    Time in the cold gives nothing back: a printed date is never lengthened.
    """
    return sum(
        each.seconds * max(0.0, model.rate(each.celsius) - 1) for each in intervals
    )


def effective_expiration(
    printed: datetime,
    life: timedelta,
    now: datetime,
    intervals: Iterable[Held],
    model: Model,
) -> datetime:
    """Return until when goods last: the printed date or earlier.

    :param printed: what the label says, naive UTC
    :param life: how long they last at the label's temperature, from the beginning of
        the intervals
    :param now: end of the intervals, naive UTC
    :return: what is left of their life, from now on at the label's temperature
    """
    left = max(0.0, life.total_seconds() - consumed(intervals, model))
    return min(printed, now + timedelta(seconds=left))

"""Mean kinetic temperature: whether a product was kept as its label says.

USP <1079.2>: one temperature that does as much harm as those that were. It judges the
window that its storage class names, up to and including an excursion; over a whole life
a bad afternoon disappears.

>>> hour = 3600
>>> round(mean_kinetic([Held(20 * hour, 5), Held(4 * hour, 12)]), 4)
6.6501
>>> bad = [Held(700 * hour, 5), Held(22 * hour, 5), Held(2 * hour, 25)]
>>> verdict = judge(bad, "cct")
>>> round(verdict.kinetic, 4), verdict.passes
(9.8252, False)
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import exp, log
from typing import Final, NamedTuple

from .intervals import ABSOLUTE_ZERO, Held, check_celsius, longest_outside

#: ΔH / R in kelvin: 83.144 kJ/mol over 8.3144 J/(mol K).
ACTIVATION: Final = 10_000.0
HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
#: What rounding adds to a sum of seconds.
MOMENT: Final = 1e-6


class StorageClass(NamedTuple):
    """What a label asks of a place. Limits in degrees Celsius, times in seconds."""

    #: how much time one figure looks at
    window: float
    #: the highest mean kinetic temperature of a window
    kinetic: float
    #: where it is kept
    lowest: float
    highest: float
    #: how far it may go outside for a while
    coldest: float
    warmest: float
    #: how long it may be outside at a stretch
    outside: float


#: By code. Frozen goods have none: the mean says nothing of what thaws.
CLASSES: Final[Mapping[str, StorageClass]] = {
    # controlled room temperature
    "crt": StorageClass(30 * DAY, 25, 15, 30, 15, 40, DAY),
    # controlled cold temperature
    "cct": StorageClass(DAY, 8, 2, 8, 2, 15, DAY),
}


class Verdict(NamedTuple):
    """How warm it was, by the class of a product."""

    #: highest mean kinetic temperature of a window; None where it does not apply
    kinetic: float | None
    coldest: float
    warmest: float
    #: seconds outside at a stretch, at most
    outside: float
    #: codes of what was not kept: kinetic, cold, warm, long
    broken: tuple[str, ...]

    @property
    def passes(self) -> bool | None:
        """Tell whether all was kept; None where nothing can be said."""
        return None if self.kinetic is None else not self.broken


def mean_kinetic(intervals: Sequence[Held]) -> float | None:
    """Return the mean kinetic temperature in °C, each interval by its length.

    :return: None without any time
    :raise ValueError: for what is no temperature

    >>> day = 86400
    >>> round(mean_kinetic([Held(day, 20), Held(day, 25), Held(day, 30)]), 4)
    25.8582
    """
    seconds = sum(each.seconds for each in intervals)
    return _temperature(sum(map(_harm, intervals)), seconds) if seconds else None


def _harm(each: Held) -> float:
    kelvin = check_celsius(each.celsius) - ABSOLUTE_ZERO
    return each.seconds * exp(-ACTIVATION / kelvin)


def _temperature(harm: float, seconds: float) -> float:
    return ACTIVATION / -log(harm / seconds) + ABSOLUTE_ZERO


def highest_kinetic(intervals: Sequence[Held], window: float) -> float | None:
    """Return the highest mean kinetic temperature of any window.

    Harm grows evenly within an interval, so the worst window begins or ends where one
    does. Where less time is known than a window, all of it is one.

    :param window: seconds

    >>> month = [Held(716 * HOUR, 5), Held(4 * HOUR, 15)]
    >>> f"{mean_kinetic(month):.4f} {highest_kinetic(month, DAY):.4f}"
    '5.1060 7.7046'
    """
    times = [0.0, *accumulate(each.seconds for each in intervals)]
    harms = [0.0, *accumulate(map(_harm, intervals))]
    if not times[-1]:
        return None
    if times[-1] <= window:
        return _temperature(harms[-1], times[-1])
    worst = max(
        _harm_until(times, harms, start + window) - _harm_until(times, harms, start)
        for start in _starts(times, window)
    )
    return _temperature(worst, window)


def _starts(times: Sequence[float], window: float) -> Iterator[float]:
    for time in times:
        for start in (time, time - window):
            if -MOMENT <= start <= times[-1] - window + MOMENT:
                yield min(max(0.0, start), times[-1] - window)


def _harm_until(times: Sequence[float], harms: Sequence[float], time: float) -> float:
    place = min(bisect_right(times, time), len(times) - 1)
    before, after = times[place - 1], times[place]
    share = (time - before) / (after - before) if after > before else 0.0
    return harms[place - 1] + share * (harms[place] - harms[place - 1])


def judge(intervals: Sequence[Held], storage_class: str) -> Verdict:
    """Return how a product of a class was kept.

    :param storage_class: a code of ``CLASSES``; of others the mean does not apply, and
        no figure is given
    :raise ValueError: without any time
    """
    if not sum(each.seconds for each in intervals):
        raise ValueError("There is no time in which it was kept.")
    temperatures = [check_celsius(each.celsius) for each in intervals]
    limits = CLASSES.get(storage_class)
    if limits is None:
        return Verdict(None, min(temperatures), max(temperatures), 0.0, ())
    outside, _furthest = longest_outside(intervals, limits.lowest, limits.highest)
    verdict = Verdict(
        highest_kinetic(intervals, limits.window),
        min(temperatures),
        max(temperatures),
        outside,
        (),
    )
    return verdict._replace(broken=tuple(_broken(verdict, limits)))


def _broken(verdict: Verdict, limits: StorageClass) -> Iterator[str]:
    if verdict.kinetic is not None and verdict.kinetic > limits.kinetic:
        yield "kinetic"
    if verdict.coldest < limits.coldest:
        yield "cold"
    if verdict.warmest > limits.warmest:
        yield "warm"
    if verdict.outside > limits.outside:
        yield "long"

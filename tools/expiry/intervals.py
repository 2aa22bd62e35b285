"""Temperatures over time: how long it was how warm.

>>> from datetime import datetime
>>> noon = datetime(2026, 11, 30, 12)
>>> readings = [Reading(noon, 4.0), Reading(noon.replace(hour=14), 10.0)]
>>> held(readings, noon.replace(hour=15))
[Held(seconds=7200.0, celsius=4.0), Held(seconds=3600.0, celsius=10.0)]
>>> between(readings, noon.replace(hour=15))[0]
Held(seconds=7200.0, celsius=7.0)
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import isfinite
from typing import NamedTuple

ABSOLUTE_ZERO = -273.15


class Reading(NamedTuple):
    """What a logger said at a moment (naive UTC)."""

    moment: datetime
    celsius: float


class Held(NamedTuple):
    """So long it was so warm."""

    seconds: float
    celsius: float


def held(readings: Iterable[Reading], until: datetime) -> list[Held]:
    """Return intervals in which each reading holds until the next one.

    The careful way for alarms: what has become warm was warm until it is seen to be
    cold.

    :param until: how long the last reading holds, naive UTC
    :raise ValueError: if two readings of one moment differ
    """
    known = in_order(readings)
    ends = [*(each.moment for each in known[1:]), until]
    return [
        Held((end - each.moment).total_seconds(), each.celsius)
        for each, end in zip(known, ends, strict=False)
        if end > each.moment
    ]


def between(readings: Iterable[Reading], until: datetime) -> list[Held]:
    """Return intervals at the mean of their two readings; the last one holds."""
    known = in_order(readings)
    means = [
        Held(
            (later.moment - each.moment).total_seconds(),
            (each.celsius + later.celsius) / 2,
        )
        for each, later in zip(known, known[1:], strict=False)
    ]
    return [*means, *held(known[-1:], until)]


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings by time, each once.

    :raise ValueError: if two readings of one moment differ, or one is no temperature
    """
    known = sorted(set(readings))
    for each in known:
        check_celsius(each.celsius)
    for each, later in zip(known, known[1:], strict=False):
        if each.moment == later.moment:
            raise ValueError(
                f"At {each.moment} there are two readings: {each.celsius:g} and "
                f"{later.celsius:g} °C."
            )
    return known


def check_celsius(celsius: float) -> float:
    """Return a temperature that can be one.

    :raise ValueError: at or below the absolute zero, or if it is no number

    >>> check_celsius(-300)
    Traceback (most recent call last):
    ValueError: -300 °C is no temperature.
    """
    if not isfinite(celsius) or celsius <= ABSOLUTE_ZERO:
        raise ValueError(f"{celsius:g} °C is no temperature.")
    return celsius


def celsius_of(value: float, unit: str) -> float:
    """Return a value of a logger in degrees Celsius.

    :param unit: C, F or K; never guessed
    :raise ValueError: if there is no such unit

    >>> celsius_of(77, "F"), celsius_of(298.15, "K"), celsius_of(4, "C")
    (25.0, 25.0, 4)
    >>> celsius_of(77, "")
    Traceback (most recent call last):
    ValueError: “” is no unit of temperature: C, F or K.
    """
    if unit == "F":
        return (value - 32) * 5 / 9
    if unit == "K":
        return value + ABSOLUTE_ZERO
    if unit == "C":
        return value
    raise ValueError(f"“{unit}” is no unit of temperature: C, F or K.")


def longest_outside(
    intervals: Sequence[Held], lowest: float, highest: float
) -> tuple[float, float]:
    """Return the longest time at a stretch outside of limits, and how far it went.

    :return: seconds, and the temperature furthest outside meanwhile; 0 and NaN where
        it never was

    >>> longest_outside([Held(60, 9), Held(60, 12), Held(60, 5), Held(90, 1)], 2, 8)
    (120.0, 12)
    """
    best, worst = 0.0, float("nan")
    seconds, furthest = 0.0, float("nan")
    for each in [*intervals, Held(0, lowest)]:
        if lowest <= each.celsius <= highest:
            if seconds > best:
                best, worst = seconds, furthest
            seconds, furthest = 0.0, float("nan")
            continue
        if not seconds or _far(each.celsius, lowest, highest) > _far(
            furthest, lowest, highest
        ):
            furthest = each.celsius
        seconds += each.seconds
    return best, worst


def _far(celsius: float, lowest: float, highest: float) -> float:
    return max(lowest - celsius, celsius - highest)

"""Whether a process is as it always was, and good enough.

>>> values = [10.1, 10.3, 9.9, 10.0, 10.4, 10.2, 9.8, 10.1, 10.6, 10.0]
>>> chart = individuals(values)
>>> round(chart.low, 6), round(chart.high, 6), round(chart.sigma, 6)
(9.223778, 11.056222, 0.305359)
"""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev
from typing import Final, NamedTuple

#: Of a range of two: its mean in standard deviations.
D2: Final = 1.128
#: Factors as tables print them, which people compare with.
TO_LIMIT: Final = 2.660
TO_RANGE_LIMIT: Final = 3.267
ONE_SIDE: Final = 8


class Chart(NamedTuple):
    """Limits of single values and of their moving ranges."""

    mean: float
    low: float
    high: float
    #: standard deviation within, by the moving ranges
    sigma: float
    mean_range: float
    range_high: float


def individuals(values: Sequence[float]) -> Chart:
    """Return the X-mR chart of values in their order.

    :raise ValueError: with fewer than two
    """
    if len(values) < 2:  # noqa: PLR2004
        raise ValueError("One value has no range: two at least.")
    ranges = [
        abs(later - value) for value, later in zip(values, values[1:], strict=False)
    ]
    mean, mean_range = fmean(values), fmean(ranges)
    return Chart(
        mean,
        mean - TO_LIMIT * mean_range,
        mean + TO_LIMIT * mean_range,
        mean_range / D2,
        mean_range,
        TO_RANGE_LIMIT * mean_range,
    )


def bad_share_limits(
    groups: Sequence[tuple[int, int]],
) -> tuple[float, list[tuple[float, float]]]:
    """Return the p chart: the usual share, and limits for each size of group.

    :param groups: ``(bad, looked at)``

    >>> weeks = [(4, 200), (3, 180), (9, 220), (5, 250), (2, 150)]
    >>> usual, limits = bad_share_limits(weeks)
    >>> usual, [round(high, 6) for _low, high in limits]
    (0.023, [0.054799, 0.056519, 0.053319, 0.051442, 0.059719])
    """
    usual = sum(bad for bad, _size in groups) / sum(size for _bad, size in groups)
    halves = [3 * sqrt(usual * (1 - usual) / size) for _bad, size in groups]
    return usual, [(max(0.0, usual - h), min(1.0, usual + h)) for h in halves]


def fault_limits(
    groups: Sequence[tuple[int, float]],
) -> tuple[float, list[tuple[float, float]]]:
    """Return the u chart: usual faults a unit, and limits for each size of group.

    :param groups: ``(faults, units looked at)``

    >>> fault_limits([(9, 1.0), (9, 1.0)])
    (9.0, [(0.0, 18.0), (0.0, 18.0)])
    """
    usual = sum(faults for faults, _size in groups) / sum(size for _f, size in groups)
    halves = [3 * sqrt(usual / size) for _faults, size in groups]
    return usual, [(max(0.0, usual - half), usual + half) for half in halves]


def signals(values: Sequence[float], mean: float, sigma: float) -> dict[int, list[str]]:
    """Return which values are unusual, and by which rule.

    ``beyond``: past three deviations; ``one_side``: the eighth in a row on one side of
    the mean; ``two_of_three``: the second of three past two deviations on one side.

    :return: ``{place: rules}``

    >>> signals([0, 4, 0, 2.5, 2.5], 0, 1)
    {1: ['beyond'], 3: ['two_of_three'], 4: ['two_of_three']}
    """
    found: dict[int, list[str]] = {}
    for place, value in enumerate(values):
        rules = []
        if abs(value - mean) > 3 * sigma:
            rules.append("beyond")
        sides = [_side(each, mean) for each in values[max(0, place - 7) : place + 1]]
        if len(sides) == ONE_SIDE and sides[0] and len(set(sides)) == 1:
            rules.append("one_side")
        if _two_of_three(values[max(0, place - 2) : place + 1], mean, sigma):
            rules.append("two_of_three")
        if rules:
            found[place] = rules
    return found


def _side(value: float, mean: float) -> int:
    return (value > mean) - (value < mean)


def _two_of_three(last: Sequence[float], mean: float, sigma: float) -> bool:
    far = [_side(each, mean) if abs(each - mean) > 2 * sigma else 0 for each in last]
    return bool(far[-1]) and far.count(far[-1]) > 1


class Capability(NamedTuple):
    """How well a process fits between its limits; None where it has no spread."""

    cp: float | None
    cpk: float
    pp: float | None
    ppk: float
    #: what ``ppk`` is at least, with a chance of 95 %
    ppk_low: float


def capability(
    values: Sequence[float], low: float | None, high: float | None
) -> Capability:
    """Return how capable a process is; within by ranges, overall by deviation.

    The lower bound is Bissell's: twenty values prove less than they seem to.

    :param low: limit of the specification; None where it has none on that side
    :raise ValueError: with fewer than two values, without spread or without a limit

    >>> values = [10.1, 10.3, 9.9, 10.0, 10.4, 10.2, 9.8, 10.1, 10.6, 10.0]
    >>> [round(figure, 5) for figure in capability(values, 9.2, 11)]
    [0.98245, 0.93879, 1.2433, 1.18804, 0.69589]
    """
    within, overall = individuals(values).sigma, stdev(values)
    if not within or not overall:
        raise ValueError("All values are alike: there is no spread to judge.")
    if low is None and high is None:
        raise ValueError("Without a limit there is nothing to be capable of.")
    mean, count = fmean(values), len(values)
    room = [high - mean] if high is not None else []
    room += [mean - low] if low is not None else []
    width = None if low is None or high is None else high - low
    ppk = min(room) / (3 * overall)
    z = NormalDist().inv_cdf(0.95)
    doubt = z * sqrt(1 / (9 * count) + ppk * ppk / (2 * (count - 1)))
    return Capability(
        None if width is None else width / (6 * within),
        min(room) / (3 * within),
        None if width is None else width / (6 * overall),
        ppk,
        ppk - doubt,
    )

"""How many are bad of how many, and how far that can be trusted.

>>> round(exact(0, 20).high, 6), round(exact(3, 50).low, 6)
(0.168433, 0.012549)
"""

from math import ceil, log, log1p, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from .distributions import at_least, beta_quantile, binomial, gamma_quantile

#: How sure an interval is, where nobody says otherwise.
CONFIDENCE: Final = 0.95
MILLION: Final = 1_000_000
#: Chances below a funnel's limits: warning, action.
WARNING: Final = (0.025, 0.975)
ACTION: Final = (0.001, 0.999)


class Interval(NamedTuple):
    """From where to where the true rate may be."""

    low: float
    high: float


def exact(bad: int, exposed: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of Clopper and Pearson: never less sure than it says.

    For decisions. With nothing exposed, everything is possible.

    :raise ValueError: if more are bad than there are
    """
    _check(bad, exposed)
    rest = (1 - confidence) / 2
    low = beta_quantile(rest, bad, exposed - bad + 1) if bad else 0.0
    high = beta_quantile(1 - rest, bad + 1, exposed - bad) if bad < exposed else 1.0
    return Interval(low, high)


def wilson(bad: int, exposed: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of Wilson, which is right on average: for charts.

    >>> [round(side, 6) for side in wilson(1, 20)]
    [0.008881, 0.236131]
    """
    _check(bad, exposed)
    if not exposed:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, share = bad / exposed, z * z / exposed
    middle = rate + share / 2
    half = z * sqrt(rate * (1 - rate) / exposed + share / exposed / 4)
    low, high = (middle - half) / (1 + share), (middle + half) / (1 + share)
    return Interval(max(0.0, low) if bad else 0.0, min(1.0, high))


def poisson(count: int, confidence: float = CONFIDENCE) -> Interval:
    """Return from how many to how many events are to be expected (Garwood).

    >>> [round(side, 6) for side in poisson(3)]
    [0.618672, 8.767273]
    """
    _check(count, count)
    rest = (1 - confidence) / 2
    low = gamma_quantile(rest, count) if count else 0.0
    return Interval(low, gamma_quantile(1 - rest, count + 1))


def _check(bad: int, exposed: int) -> None:
    if not 0 <= bad <= exposed:
        raise ValueError(f"{bad} bad of {exposed} cannot be.")


def per_million(
    bad: int, exposed: int, confidence: float = CONFIDENCE
) -> tuple[float | None, float]:
    """Return bad parts per million, and how many it may be at most (Poisson).

    Without any bad one the bound is one-sided: none of 500 is not “0 ppm”.

    :return: the rate, None where nothing was exposed; the upper bound

    >>> [round(figure, 1) for figure in per_million(3, 12_000)]
    [250.0, 730.6]
    >>> round(per_million(0, 500)[1])
    5991
    """
    _check(bad, exposed)
    if not exposed:
        return None, float(MILLION)
    sure = confidence if bad else 2 * confidence - 1
    most = MILLION * poisson(bad, sure).high / exposed
    return MILLION * bad / exposed, min(most, float(MILLION))


def smallest_clean_sample(rate: float, confidence: float = CONFIDENCE) -> int:
    """Return how many must be good to show that fewer than a rate are bad.

    >>> [smallest_clean_sample(percent / 100) for percent in (1, 5, 10)]
    [299, 59, 29]
    """
    if not 0 < rate < 1:
        raise ValueError(f"A rate is between 0 and 1, not {rate}.")
    return ceil(log(1 - confidence) / log1p(-rate))


def funnel_limit(rate: float, exposed: int, chance: float) -> float:
    """Return the limit of a funnel chart: a batch is beyond it with a small chance.

    Exact, between the two counts about the chance (Spiegelhalter 2005); a normal
    curve is far too tight where few are expected.

    :param rate: what is usual
    :param chance: of being below, as in ``WARNING`` and ``ACTION``
    :return: a rate, never below 0

    >>> [round(funnel_limit(0.02, 50, chance), 6) for chance in (0.975, 0.999)]
    [0.057613, 0.09618]
    """
    if not exposed:
        raise ValueError("Where nothing is exposed there is no limit.")
    count = _quantile(rate, exposed, chance)
    below = 1 - at_least(count + 1, exposed, rate)
    here = binomial(count, exposed, rate)
    share = (below - chance) / here if here else 0.0
    return max(0.0, (count - share) / exposed)


def _quantile(rate: float, exposed: int, chance: float) -> int:
    """Return the smallest count of which not more come with more than a chance."""
    low, high = 0, exposed
    while low < high:
        middle = (low + high) // 2
        if 1 - at_least(middle + 1, exposed, rate) > chance:
            high = middle
        else:
            low = middle + 1
    return low

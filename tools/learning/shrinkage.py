"""Rates of small batches, drawn towards what is usual for their product.

The smallest batch would always be the best or the worst one. So each is judged by what
is known of the others as well (beta-binomial, prior by moments).

>>> lots = [(3, 50), (1, 200), (0, 40), (12, 400), (5, 240), (2, 300)]
>>> prior = prior_of(lots)
>>> round(prior.mean, 6), round(prior.strength, 3)
(0.018699, 121.494)
"""

from collections.abc import Sequence
from typing import NamedTuple

from .distributions import beta_cdf, gamma_quantile


class Prior(NamedTuple):
    """What is known of a batch before any of it has come back.

    :ivar mean: the usual rate
    :ivar strength: as how many units of experience that counts; infinite where batches
        do not differ more than by chance
    """

    mean: float
    strength: float

    @property
    def a(self) -> float:
        return self.mean * self.strength

    @property
    def b(self) -> float:
        return (1 - self.mean) * self.strength


def prior_of(lots: Sequence[tuple[int, int]]) -> Prior | None:
    """Return what is usual for the batches of a product.

    :param lots: ``(bad, exposed)`` of each
    :return: None where none is bad, or all are, or nothing was exposed: there is
        nothing to learn from, but an upper bound
    """
    known = [(bad, exposed) for bad, exposed in lots if exposed]
    whole = sum(exposed for _bad, exposed in known)
    bad = sum(bad for bad, _exposed in known)
    if not 0 < bad < whole:
        return None
    mean, more = bad / whole, len(known) - 1
    if not more:
        return Prior(mean, float("inf"))
    spread = sum(n * (x / n - mean) ** 2 for x, n in known)
    size = whole - sum(n * n for _x, n in known) / whole - more
    variance = (spread - more * mean * (1 - mean)) / size if size else 0.0
    if variance <= 0:
        return Prior(mean, float("inf"))
    return Prior(mean, max(mean * (1 - mean) / variance - 1, 0.0))


def shrunk(bad: int, exposed: int, prior: Prior) -> float:
    """Return the rate of a batch, drawn towards what is usual.

    >>> shrunk(3, 50, Prior(0.02, float("inf"))), shrunk(3, 50, Prior(0.02, 50))
    (0.02, 0.04)
    """
    if prior.strength == float("inf"):
        return prior.mean
    return (bad + prior.a) / (exposed + prior.strength)


def chance_above(limit: float, bad: int, exposed: int, prior: Prior) -> float:
    """Return the chance that the true rate of a batch is above a limit.

    By this, and not by the rate, batches are ranked.

    >>> prior = Prior(mean=0.02, strength=50)
    >>> round(chance_above(0.05, 3, 50, prior), 6)
    0.264964
    >>> round(chance_above(0.05, 12, 400, prior), 6)
    0.010524
    """
    if prior.strength == float("inf"):
        return float(prior.mean > limit)
    return 1 - beta_cdf(limit, bad + prior.a, exposed - bad + prior.b)


class Excess(NamedTuple):
    """How many times more came than was to be expected.

    :ivar mean: drawn towards once
    :ivar careful: what it is at least, with a chance of 95 % (EB05)
    """

    mean: float
    careful: float


def excess(
    count: int, expected: float, shape: float = 2.0, rate: float = 2.0
) -> Excess:
    """Return the excess of complaints of a kind about a batch (gamma-Poisson).

    :param expected: how many there would be if it were as the others
    :param shape: of the prior, with ``rate``; what is known before

    >>> [round(figure, 4) for figure in excess(5, 1.2)]
    [2.1875, 1.0267]
    """
    a, b = count + shape, expected + rate
    return Excess(a / b, gamma_quantile(0.05, a) / b)

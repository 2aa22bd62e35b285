"""Chances that intervals and tests are made of, without a library of statistics.

Regularised incomplete beta and gamma functions by series and continued fractions
(Numerical Recipes §6.2 and §6.4, Lentz's method), and their inverses by bisection.

>>> round(beta_quantile(0.975, 4, 47), 6)
0.165482
>>> round(gamma_quantile(0.95, 2), 6)
4.743865
"""

from collections.abc import Callable
from math import exp, lgamma, log, log1p
from typing import Final

PRECISION: Final = 1e-15
#: Smaller is zero, in a continued fraction.
TINY: Final = 1e-300
MOST_STEPS: Final = 100_000


def beta_cdf(value: float, a: float, b: float) -> float:
    """Return the chance that a rate of Beta(a, b) is not above ``value``.

    :raise ValueError: if a or b is not above 0
    """
    if not (a > 0 and b > 0):
        raise ValueError(f"A beta distribution has parameters above 0, not {a}, {b}.")
    if value <= 0:
        return 0.0
    if value >= 1:
        return 1.0
    front = exp(
        lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(value) + b * log1p(-value)
    )
    if value < (a + 1) / (a + b + 2):
        return front * _beta_fraction(value, a, b) / a
    return 1 - front * _beta_fraction(1 - value, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _not_zero(1 + even * d)
        c = _not_zero(1 + even / c)
        result *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / _not_zero(1 + odd * d)
        c = _not_zero(1 + odd / c)
        result *= d * c
        if abs(d * c - 1) < PRECISION:
            break
    return result


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def gamma_cdf(value: float, shape: float) -> float:
    """Return the chance that a value of Gamma(shape, 1) is not above ``value``.

    :raise ValueError: if the shape is not above 0
    """
    if not shape > 0:
        raise ValueError(f"A gamma distribution has a shape above 0, not {shape}.")
    if value <= 0:
        return 0.0
    front = exp(shape * log(value) - value - lgamma(shape))
    if value < shape + 1:
        return front * _gamma_series(value, shape)
    return 1 - front * _gamma_fraction(value, shape)


def _gamma_series(x: float, shape: float) -> float:
    term = total = 1 / shape
    for step in range(1, MOST_STEPS):
        term *= x / (shape + step)
        total += term
        if term < total * PRECISION:
            break
    return total


def _gamma_fraction(x: float, shape: float) -> float:
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / _not_zero(b)
    result = d
    for step in range(1, MOST_STEPS):
        factor = -step * (step - shape)
        b += 2
        d = 1 / _not_zero(factor * d + b)
        c = _not_zero(b + factor / c)
        result *= d * c
        if abs(d * c - 1) < PRECISION:
            break
    return result


def beta_quantile(chance: float, a: float, b: float) -> float:
    """Return the rate that Beta(a, b) does not exceed with a chance."""
    _check_chance(chance)
    return _inverse(lambda value: beta_cdf(value, a, b), chance, 1.0)


def gamma_quantile(chance: float, shape: float) -> float:
    """Return the value that Gamma(shape, 1) does not exceed with a chance below 1."""
    _check_chance(chance)
    if chance == 1:
        return float("inf")
    highest = shape + 1.0
    while gamma_cdf(highest, shape) < chance:
        highest *= 2
    return _inverse(lambda value: gamma_cdf(value, shape), chance, highest)


def _check_chance(chance: float) -> None:
    if not 0 <= chance <= 1:
        raise ValueError(f"A chance is from 0 to 1, not {chance}.")


def _inverse(
    function: Callable[[float], float], wanted: float, highest: float
) -> float:
    low, high = 0.0, highest
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if function(middle) < wanted:
            low = middle
        else:
            high = middle


def log_choose(whole: int, part: int) -> float:
    """Return the logarithm of how many ways there are to choose some of a whole."""
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def binomial(count: int, whole: int, rate: float) -> float:
    """Return the chance of exactly so many of a whole.

    >>> round(binomial(0, 20, 0.1), 6), binomial(0, 20, 0), binomial(20, 20, 1)
    (0.121577, 1.0, 1.0)
    """
    if not 0 <= count <= whole:
        return 0.0
    if rate in (0, 1):
        return float(count == whole * rate)
    logs = count * log(rate) + (whole - count) * log1p(-rate)
    return exp(log_choose(whole, count) + logs)


def at_least(count: int, whole: int, rate: float) -> float:
    """Return the chance of so many or more of a whole: one-sided test of a batch.

    >>> round(at_least(3, 50, 0.02), 6), at_least(0, 50, 0.02), at_least(51, 50, 0.02)
    (0.078428, 1.0, 0.0)
    """
    if count <= 0:
        return 1.0
    return beta_cdf(rate, count, whole - count + 1) if count <= whole else 0.0


def mid_p(count: int, whole: int, rate: float) -> float:
    """Return the same, of exactly so many only half: less careful.

    >>> round(mid_p(3, 50, 0.02), 6)
    0.048093
    """
    return at_least(count, whole, rate) - binomial(count, whole, rate) / 2

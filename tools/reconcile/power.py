"""What a sample can see: the chance that checks find any of those that failed.

Drawn without putting back, from a population that holds so many failures.

>>> f"{chance_to_see(320, 11, 7):.3f}", f"{chance_to_see(320, 11, 32):.3f}"
('0.219', '0.692')
>>> [smallest_sample(size, failing_of(size, 5), 95) for size in (20, 320, 1000)]
[19, 54, 57]
"""

from fractions import Fraction
from math import perm

#: Percent of a population that may have failed, for which a chance is shown.
SHARES = (1, 3, 5, 10)


def missed(population: int, failing: int, checks: int) -> Fraction:
    """Return the chance that checks see none of those that failed.

    :raise ValueError: if there are more failures or checks than there is population
    """
    if not (0 <= failing <= population and 0 <= checks <= population):
        raise ValueError(f"{failing} and {checks} must be from 0 to {population}.")
    # Checks and failures may change places: the fewer of them, the shorter the sum.
    few, many = sorted((failing, checks))
    return Fraction(perm(population - many, few), perm(population, few))


def chance_to_see(population: int, failing: int, checks: int) -> float:
    """Return the chance, 0 to 1, that so many checks see at least one failure.

    >>> chance_to_see(50, 0, 50), chance_to_see(50, 1, 50), chance_to_see(0, 0, 0)
    (0.0, 1.0, 0.0)
    """
    return float(1 - missed(population, failing, checks))


def smallest_sample(
    population: int, failing: int, percent: int | float | Fraction
) -> int | None:
    """Return how many checks see a failure with a wanted chance; None if none do.

    :param percent: chance that is wanted, above 0 and up to 100
    :raise ValueError: if the chance is none

    >>> smallest_sample(20, 0, 95) is None
    True
    """
    wanted = Fraction(str(percent)) / 100
    if not 0 < wanted <= 1:
        raise ValueError(f"{percent} % is no chance to wish for.")
    if not failing:
        return None
    low, high = 1, population
    while low < high:
        middle = (low + high) // 2
        if 1 - missed(population, failing, middle) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low


def failing_of(population: int, percent: int) -> int:
    """Return how many of a population such a share is, rounded up.

    >>> failing_of(50, 5), failing_of(0, 5)
    (3, 0)
    """
    return -(-population * percent // 100)


def power_table(population: int, checks: int) -> dict[int, float]:
    """Return ``{percent that failed: chance to see any of them}``.

    >>> {percent: round(chance, 3) for percent, chance in power_table(320, 7).items()}
    {1: 0.085, 3: 0.201, 5: 0.304, 10: 0.525}
    """
    return {
        percent: chance_to_see(population, failing_of(population, percent), checks)
        for percent in SHARES
    }

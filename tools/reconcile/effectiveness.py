"""How many consignees are checked, by level, and whether that was reached.

Levels as in 21 CFR 7.42(b)(3): A all, B a share between, C 10 %, D 2 %, E none.

>>> [required_checks(320, level) for level in "ACDE"], required_checks(320, "B", 25)
([320, 32, 7, 0], 80)
>>> outcome = outcome_of("D", 320, required=7, verified=6, failed=1)
>>> outcome.is_met, outcome.proposals
(False, [('C', 32), ('A', 320)])
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

Percent = int | float | Decimal | Fraction

#: Percent of the consignees, by level; who chooses B says how many.
PERCENT: dict[str, int | None] = {"A": 100, "B": None, "C": 10, "D": 2, "E": 0}
LEAST_OF_B, MOST_OF_B = 10, 100
#: From the least to the most.
LADDER = "EDCBA"


def percent_of(level: str, percent: Percent | None = None) -> Fraction:
    """Return how many percent of the consignees a level asks for.

    :param percent: of level B, more than 10 and less than 100; of others of no matter
    :raise ValueError: if there is no such level, or B has no such share

    >>> percent_of("B", 10)
    Traceback (most recent call last):
    ValueError: Level B is more than 10 % and less than 100 %, not 10.
    """
    if level not in PERCENT:
        raise ValueError(f"{level} is no level of effectiveness checks.")
    fixed = PERCENT[level]
    if fixed is not None:
        return Fraction(fixed)
    # Written numbers: the share 12.3 is 123/1000, whatever a binary number makes of it.
    share = Fraction(str(percent)) if percent is not None else Fraction()
    if not LEAST_OF_B < share < MOST_OF_B:
        raise ValueError(
            f"Level B is more than 10 % and less than 100 %, not {percent}."
        )
    return share


def required_checks(population: int, level: str, percent: Percent | None = None) -> int:
    """Return how many of so many consignees are checked, rounded up.

    >>> [required_checks(count, "C") for count in (0, 1, 10, 11, 100, 101)]
    [0, 1, 1, 2, 10, 11]
    """
    if population < 0:
        raise ValueError(f"There are not {population} consignees.")
    return -int(-population * percent_of(level, percent) // 100)


class Rates(NamedTuple):
    """Verified of those to check, 0 to 1; None where nobody was to be checked.

    Whether who is waived with a reason still counts is the authority's to decide.
    """

    of_all: float | None
    without_waived: float | None


def rates_of(required: int, verified: int, waived: int = 0) -> Rates:
    """Return the effectiveness both ways.

    >>> [round(rate * 100, 2) for rate in rates_of(320, 309, waived=6)]
    [96.56, 98.41]
    """
    return Rates(_share(verified, required), _share(verified, required - waived))


def _share(part: int, whole: int) -> float | None:
    return min(1.0, part / whole) if whole > 0 else None


class Outcome(NamedTuple):
    """What the checks came to."""

    is_met: bool
    #: would it be, if those who are waived with a reason did not count
    is_met_without_waived: bool
    rates: Rates
    #: levels to go on with, and how many checks they ask for: None of B, whose share
    #: somebody has to choose
    proposals: list[tuple[str, int | None]]


def outcome_of(
    level: str,
    population: int,
    *,
    required: int,
    verified: int,
    failed: int = 0,
    waived: int = 0,
) -> Outcome:
    """Return whether a level is reached, and what is proposed if not.

    A check counts when it verified that the notice came and was followed; being asked
    is not enough, and one failure that was not put right says that there are more.

    :param required: checks that were asked for, see ``required_checks``
    :param verified: checks that found all well
    :param failed: checks that found something which has not been put right since
    :param waived: required ones that are given up with a reason
    """
    is_met = verified >= required and not failed
    return Outcome(
        is_met,
        verified >= required - waived and not failed,
        rates_of(required, verified, waived),
        [] if is_met else escalations(level, population),
    )


def escalations(level: str, population: int) -> list[tuple[str, int | None]]:
    """Return the next level and the highest, with their checks; none beyond A.

    >>> escalations("C", 320), escalations("A", 320)
    ([('B', None), ('A', 320)], [])
    """
    higher = LADDER[LADDER.index(level) + 1 :]
    return [
        (name, None if PERCENT[name] is None else required_checks(population, name))
        for name in dict.fromkeys(higher[:1] + higher[-1:])
    ]

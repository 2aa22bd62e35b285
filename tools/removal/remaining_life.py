"""How much of its life a lot must still have when it arrives.

Life is counted in whole days, from date to date, where the company is: a lot that is
good until 1 July and arrives on 2 March has 121 days left. What a customer asks as a
share is a share of the *total* life, from production to the end of the useful life, and
always the share that *remains*; "two thirds" alone would not say which.

>>> from datetime import date
>>> life = total_days(date(2026, 1, 1), date(2026, 7, 1))
>>> life
181
>>> two_thirds = Requirement(percent=200 / 3)
>>> two_thirds.days_needed(life)
121
>>> remaining_days(date(2026, 7, 1), date(2026, 3, 2))
121
>>> Requirement(days=30, percent=50).days_needed(40)
30
>>> Requirement(above_days=10).days_needed(None)
11
>>> Requirement(above_days=0).days_needed(None)
1

A share cannot be computed without a production date. Then the days count, and where
none are stated the answer is None: nobody may take that lot for good enough.

>>> two_thirds.days_needed(None) is None
True
>>> Requirement(days=30, percent=50).days_needed(None)
30
"""

import math
from datetime import date
from typing import NamedTuple

#: Shares are stored as floats: 2/3 of 180 days is 120, not 120.00000000000001.
TOLERANCE = 1e-6


class Requirement(NamedTuple):
    """What is asked of a lot; the largest of all counts.

    :param days: at least so many days (a customer's)
    :param percent: at least this share of the total life, 0 to 100
    :param above_days: more than so many days (a product's margin); 0 asks for more
        than no life at all, None for nothing
    :param above_percent: more than this share of the total life
    """

    days: float = 0
    percent: float = 0
    above_days: float | None = None
    above_percent: float = 0

    @property
    def fixed_days(self) -> int:
        """Whole days that every lot needs, whatever its total life."""
        asked = math.ceil(self.days - TOLERANCE)
        if self.above_days is None:
            return asked
        return max(asked, math.floor(self.above_days + TOLERANCE) + 1)

    @property
    def asks_for_life(self) -> bool:
        """Whether more is asked than that a lot is not over."""
        return any(self)

    @property
    def needs_total(self) -> bool:
        """Whether a share is asked and nothing else would take its place."""
        return bool(
            (self.percent and not self.days)
            or (self.above_percent and not self.above_days)
        )

    def days_needed(self, total: float | None) -> int | None:
        """Return the whole days a lot must have left, None if nobody can tell.

        :param total: whole days of its total life, None if unknown
        """
        if total is None:
            return None if self.needs_total else self.fixed_days
        shares = [math.ceil(self.percent * total / 100 - TOLERANCE)]
        if self.above_percent:
            shares.append(math.floor(self.above_percent * total / 100 + TOLERANCE) + 1)
        return max(self.fixed_days, *shares)


def total_days(produced: date | None, useful_until: date | None) -> int | None:
    """Return the whole days between two dates, None if one is missing."""
    return (useful_until - produced).days if produced and useful_until else None


def remaining_days(useful_until: date, day: date) -> int:
    """Return the whole days from ``day`` to the end of the useful life."""
    return (useful_until - day).days

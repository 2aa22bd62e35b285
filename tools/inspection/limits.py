"""Whether what was measured is within its limits.

>>> Limits(upper=13).fault(14.2)
'above'
>>> Limits(3.8, 4.6).fault(4.6) is None
True
>>> mean([4.1, 4.2, 4.6])
4.3
"""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import SupportsFloat

BELOW = "below"
ABOVE = "above"

#: A mean is rounded to so many digits: 0.1 + 0.2 is 0.3 to whoever measured it.
DIGITS = 12


@dataclass(frozen=True)
class Limits:
    """From where to where a value is good, both included; None is no limit."""

    lower: float | None = None
    upper: float | None = None

    def fault(self, value: float) -> str | None:
        """Return ``BELOW``, ``ABOVE``, or None for a value within the limits."""
        if self.lower is not None and _rounded(value) < _rounded(self.lower):
            return BELOW
        if self.upper is not None and _rounded(value) > _rounded(self.upper):
            return ABOVE
        return None

    def contains(self, value: float) -> bool:
        return self.fault(value) is None


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean, or None of nothing."""
    if not values:
        return None
    return _rounded(statistics.fmean(values))


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation of a sample; 0 of a single value.

    >>> deviation([12, 14, 13]), deviation([12.5])
    (1.0, 0.0)
    """
    return _rounded(statistics.stdev(values)) if len(values) > 1 else 0.0


def as_number(value: object) -> float | None:
    """Return what somebody typed as a float, or None if it is no number.

    Only a point stands before the decimals: nobody could tell whether 1,250 is a
    little more than one or more than a thousand.

    >>> as_number("13.5")
    13.5
    >>> as_number("13,5") is None, as_number("wet") is None
    (True, True)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        # Python would read 1_000 as a number as well.
        value = "" if "_" in value else value.replace("\N{MINUS SIGN}", "-")
    if not isinstance(value, (str, SupportsFloat)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def as_text(number: float) -> str:
    """Return a number as people write it down.

    >>> as_text(13.0), as_text(0.25), as_text(1234567.5)
    ('13', '0.25', '1234567.5')
    """
    text = f"{_rounded(number):.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def derived_as_text(number: float, measured: Iterable[float]) -> str:
    """Return what was worked out from several numbers, with one decimal more.

    >>> derived_as_text(12.866666666667, [14.2, 12.1, 12.3])
    '12.87'
    """
    decimals = max(len(as_text(value).partition(".")[2]) for value in measured)
    return as_text(round(number, decimals + 1))


def _rounded(value: float) -> float:
    """Round to so many significant digits, whatever the size of the value."""
    return float(f"{value:.{DIGITS}g}")

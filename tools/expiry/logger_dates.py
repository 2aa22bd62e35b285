"""Dates as loggers write them: the order of day and month is found, never guessed.

>>> order_of(["1/4/2026 10:00", "1/13/2026 10:00"])
'month'
>>> order_of(["1/4/2026", "2/4/2026"]) is None
True
>>> moment_of("07/19/18 11:00:00 fm", "month")
datetime.datetime(2018, 7, 19, 11, 0)
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

Order = Literal["year", "month", "day"]
#: Which of three numbers a date begins with.
ORDERS: Final[tuple[Order, ...]] = ("year", "month", "day")
_PLACES: Final = {"year": (0, 1, 2), "month": (2, 0, 1), "day": (2, 1, 0)}
_DATE: Final = re.compile(
    r"^\s*(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})[.,]?(?:[ T]+|$)"
)
_TIME: Final = re.compile(
    r"^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([a-zåäö.]*)\s*$", re.I
)
#: Of the morning and of the afternoon, also in Swedish.
_HALVES: Final = {"am": 0, "fm": 0, "pm": 12, "em": 12}
_CENTURY: Final = 2000
_HOURS: Final = 12


def order_of(texts: Iterable[str]) -> Order | None:
    """Return the one order in which all of the dates exist; None where it is open.

    :raise ValueError: if there is no such order

    >>> order_of(["2026-04-01"]), order_of(["1.4.2026"])
    ('year', 'day')
    """
    possible, dotted = set(ORDERS), True
    for text in texts:
        numbers = _numbers(text)
        if numbers is None:
            continue
        dotted &= "." in text.split()[0]
        possible &= {order for order in ORDERS if _is_date(text, numbers, order)}
    if not possible:
        raise ValueError("These dates are in no order of day, month and year.")
    if possible == {"month", "day"} and dotted:
        # Nobody writes the month first and divides by dots.
        return "day"
    return possible.pop() if len(possible) == 1 else None


def _numbers(text: str) -> tuple[str, str, str] | None:
    found = _DATE.match(text)
    return (found[1], found[2], found[3]) if found else None


def _is_date(text: str, numbers: tuple[str, str, str], order: Order) -> bool:
    try:
        return bool(_day(numbers, order))
    except ValueError:
        return False


def _day(numbers: tuple[str, str, str], order: Order) -> datetime:
    year, month, day = (numbers[place] for place in _PLACES[order])
    if len(year) not in (2, 4) or max(len(month), len(day)) > 2:  # noqa: PLR2004
        raise ValueError("no date")
    whole = int(year) if len(year) > 2 else _CENTURY + int(year)  # noqa: PLR2004
    return datetime(whole, int(month), int(day))


def moment_of(text: str, order: Order) -> datetime:
    """Return the moment that a cell says, on the file's clock.

    :param text: date and time, divided by a blank or T
    :raise ValueError: with a sentence, if it says none

    >>> moment_of("2019-05-30T18:00", "year")
    datetime.datetime(2019, 5, 30, 18, 0)
    >>> moment_of("01/01/26 12:00:00 AM", "month").hour
    0
    >>> moment_of("209s after startup (time not set)", "year")
    Traceback (most recent call last):
    ValueError: “209s after startup (time not set)” is no date and time.
    """
    found = _DATE.match(text)
    clock = _TIME.match(text[found.end() :]) if found else None
    if not found or not clock:
        raise ValueError(f"“{text}” is no date and time.")
    half = _HALVES.get(clock[4].replace(".", "").casefold()) if clock[4] else None
    hour = int(clock[1])
    if (clock[4] and half is None) or (half is not None and not 1 <= hour <= _HOURS):
        raise ValueError(f"“{text}” is no date and time.")
    if half is not None:
        hour = hour % _HOURS + half
    try:
        day = _day((found[1], found[2], found[3]), order)
        return day.replace(hour=hour, minute=int(clock[2]), second=int(clock[3] or 0))
    except ValueError as error:
        raise ValueError(f"“{text}” is no date and time.") from error

"""Working days, counted from the day after an event, and when a day is over.

>>> from datetime import date
>>> thanksgiving = WorkDays(frozenset({date(2026, 11, 26)}))
>>> counted(date(2026, 11, 24), 3, thanksgiving.is_working)
datetime.date(2026, 11, 30)
>>> counted(date(2026, 11, 24), 3, WorkDays().is_working)
datetime.date(2026, 11, 27)
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

#: Tells whether people work on a day.
IsWorking = Callable[[date], bool]
#: So many days in a row without work are no calendar.
LONGEST_PAUSE = 366
SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


class WorkDays(NamedTuple):
    """Which days count as working days."""

    holidays: frozenset[date] = frozenset()
    #: days of the week, Monday is 0
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def is_working(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays

    def knows_holidays_of(self, first: date, last: date) -> bool:
        """Tell whether any holiday is known in each year of a span of days.

        Where none is known, who reads a date that was counted must be told.
        """
        years = {day.year for day in self.holidays}
        return all(year in years for year in range(first.year, last.year + 1))


def counted(event: date, count: int, is_working: IsWorking) -> date:
    """Return the working day number ``count`` after ``event``, which is day zero.

    :raise ValueError: if ``count`` is negative, or there are no working days

    >>> counted(date(2026, 12, 19), 0, WorkDays().is_working)
    datetime.date(2026, 12, 19)
    """
    if count < 0:
        raise ValueError(f"{count} working days cannot be counted.")
    day = event
    for _number in range(count):
        day = _next_working(day, is_working)
    return day


def _next_working(day: date, is_working: IsWorking) -> date:
    for _pause in range(LONGEST_PAUSE):
        day += ONE_DAY
        if is_working(day):
            return day
    raise ValueError(f"No working day in the year before {day}.")


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of ``day`` in a time zone, as an aware datetime in UTC.

    Where clocks are set at midnight, that is the first of two midnights, or the moment
    at which the missing one would have been. Zones of pytz and zoneinfo give the same.

    >>> from zoneinfo import ZoneInfo
    >>> midnight(date(2026, 11, 1), ZoneInfo("America/Havana")).isoformat()
    '2026-11-01T04:00:00+00:00'
    """
    guess = datetime.combine(day, time(), timezone.utc)
    offsets = {
        (guess + shift).astimezone(zone).utcoffset() or timedelta()
        for shift in (-ONE_DAY, ONE_DAY)
    }
    moments = [guess - offset for offset in offsets]
    return min(at for at in moments if at.astimezone(zone).date() >= day)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return when it is 24:00 on ``day`` in a time zone, in UTC."""
    return midnight(day + ONE_DAY, zone)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day of an aware moment in a time zone.

    :raise ValueError: if nobody knows which moment that is

    >>> day_of(datetime(2026, 11, 24, 9), timezone.utc)
    Traceback (most recent call last):
    ValueError: 2026-11-24T09:00:00 has no time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone.")
    return moment.astimezone(zone).date()

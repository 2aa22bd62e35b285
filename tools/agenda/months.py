"""Months: what is due at least every twelve, and what is kept for so many.

>>> from datetime import date
>>> due = months_later(date(2025, 11, 20), 12)
>>> due, [day.isoformat() for day in reminders(due)]
(datetime.date(2026, 11, 20), ['2026-09-21', '2026-10-21'])
>>> kept_until(date(2025, 11, 20), 24)
datetime.date(2027, 11, 20)
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

#: Days before a drill is due at which people are reminded.
REMINDERS = (60, 30)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month.

    >>> months_later(date(2024, 2, 29), 12), months_later(date(2026, 1, 31), -2)
    (datetime.date(2025, 2, 28), datetime.date(2025, 11, 30))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))


def kept_until(day: date, months: int) -> date:
    """Return the first day on which what is kept for so many months may go.

    Where a month has no such day, that is the day after it: never too soon.

    >>> kept_until(date(2024, 2, 29), 24)
    datetime.date(2026, 3, 1)
    """
    last = months_later(day, months)
    return last if last.day == day.day else last + timedelta(days=1)


def reminders(due: date, days_before: Iterable[int] = REMINDERS) -> list[date]:
    """Return the days to remind of something that is due, the first one first."""
    return sorted(due - timedelta(days=days) for days in set(days_before))


def first_of_next_month(day: date) -> date:
    """Return the first of a month that comes after ``day``.

    >>> first_of_next_month(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return months_later(day.replace(day=1), 1)

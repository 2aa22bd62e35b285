"""Days on the wall of a place, and the moments in UTC at which they begin and end.

Odoo stores moments in UTC; what people read on a label is a day where they are.

>>> import pytz
>>> new_york = pytz.timezone("America/New_York")
>>> end_of(date(2026, 11, 24), new_york)
datetime.datetime(2026, 11, 25, 4, 59, 59)
>>> local_day(datetime(2026, 11, 25, 4, 59, 59), new_york)
datetime.date(2026, 11, 24)
"""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Protocol


class Zone(Protocol):
    """A time zone of pytz, which knows the offset of a day only by ``localize``."""

    def localize(self, dt: datetime) -> datetime: ...


def local_day(moment: datetime, zone: tzinfo) -> date:
    """Return the date of a naive UTC ``moment`` in a time zone."""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()


def start_of(day: date, zone: Zone) -> datetime:
    """Return when ``day`` begins in a time zone, as a naive UTC datetime."""
    return at_hour(day, 0, zone)


def end_of(day: date, zone: Zone) -> datetime:
    """Return the last second of ``day`` in a time zone, as a naive UTC datetime."""
    return start_of(day + timedelta(days=1), zone) - timedelta(seconds=1)


def at_hour(day: date, hour: int, zone: Zone) -> datetime:
    """Return when it is ``hour`` o'clock on ``day`` in a time zone, as naive UTC."""
    wall_clock = zone.localize(datetime.combine(day, time(hour)))
    return wall_clock.astimezone(timezone.utc).replace(tzinfo=None)

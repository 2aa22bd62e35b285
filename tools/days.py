"""Days on the wall of a place, and the moments in UTC at which they begin and end.

Odoo stores moments in UTC; what people read on a label is a day where they are.

>>> import pytz
>>> new_york = pytz.timezone("America/New_York")
>>> end_of(date(2026, 11, 24), new_york)
datetime.datetime(2026, 11, 25, 4, 59, 59)
>>> local_day(datetime(2026, 11, 25, 4, 59, 59), new_york)
datetime.date(2026, 11, 24)

A day is what the wall says: the one on which clocks are put back has 25 hours.

>>> berlin = pytz.timezone("Europe/Berlin")
>>> later(datetime(2026, 10, 26, 22, 59, 59), timedelta(days=-2), berlin)
datetime.datetime(2026, 10, 24, 21, 59, 59)
>>> apart(datetime(2026, 10, 24, 21, 59, 59), datetime(2026, 10, 26, 23), berlin)
datetime.timedelta(days=2, seconds=1)
"""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Protocol, cast


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
    return _off_wall(datetime.combine(day, time(hour)), zone)


def later(moment: datetime, time_on_wall: timedelta, zone: Zone) -> datetime:
    """Return the naive UTC moment so much later by the clock on the wall."""
    return _off_wall(_on_wall(moment, zone) + time_on_wall, zone)


def apart(first: datetime, last: datetime, zone: Zone) -> timedelta:
    """Return how far two naive UTC moments are apart by the clock on the wall."""
    return _on_wall(last, zone) - _on_wall(first, zone)


def _on_wall(moment: datetime, zone: Zone) -> datetime:
    aware = moment.replace(tzinfo=timezone.utc).astimezone(cast(tzinfo, zone))
    return aware.replace(tzinfo=None)


def _off_wall(wall_clock: datetime, zone: Zone) -> datetime:
    return zone.localize(wall_clock).astimezone(timezone.utc).replace(tzinfo=None)

"""Which day a batch is of, when a shift works past midnight.

A night shift that starts on Monday at 22:00 makes Monday's batches until it ends:

>>> from datetime import datetime
>>> night = datetime(2026, 5, 19, 7, 30)  # 03:30 in New York
>>> production_day(night, "America/New_York", turns_at=6)
datetime.date(2026, 5, 18)
>>> production_day(night, "America/New_York")
datetime.date(2026, 5, 19)
"""

from datetime import date, datetime, timedelta, timezone

import pytz

NOON = 12


def production_day(moment: datetime, zone: str, turns_at: float = 0.0) -> date:
    """Return the production day of a moment.

    :param moment: in UTC, without a time zone, as Odoo stores it
    :param zone: name of the time zone where it is made, such as Europe/Brussels
    :param turns_at: hour on that wall clock at which a new production day
        begins, from 0 to below 24. An hour of the morning lets the night before
        belong to the day that ends; an hour of the afternoon or evening lets the
        evening belong to the day that comes.
    """
    local = moment.replace(tzinfo=timezone.utc).astimezone(pytz.timezone(zone))
    # Wall clock, not elapsed time: the shift starts at six in summer and in winter.
    wall_clock = local.replace(tzinfo=None)
    begins = turns_at if turns_at < NOON else turns_at - 2 * NOON
    return (wall_clock - timedelta(hours=begins)).date()

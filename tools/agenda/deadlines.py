"""When something is due: a rule counts from an event, in the zone of the company.

Hours run through nights and week-ends; days end at 24:00.

>>> from datetime import timezone
>>> friday = datetime(2026, 11, 27, 17, tzinfo=timezone.utc)
>>> due(HOURS, 48, friday, timezone.utc).at.isoformat()
'2026-11-29T17:00:00+00:00'
>>> due(WORKING_DAYS, 1, friday, timezone.utc)[1:]
(datetime.date(2026, 11, 30),)
>>> due(DAYS, 30, friday, timezone.utc).at.isoformat()
'2026-12-28T00:00:00+00:00'
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, Literal, NamedTuple

from .months import first_of_next_month, months_later
from .working_days import ONE_DAY, IsWorking, WorkDays, counted, day_of, end_of_day

Unit = Literal["hours", "days", "working_days", "months", "first_of_month"]
HOURS: Final = "hours"
DAYS: Final = "days"
WORKING_DAYS: Final = "working_days"
MONTHS: Final = "months"
#: The first of the month that comes after the event; its amount is of no matter.
FIRST_OF_MONTH: Final = "first_of_month"

_WEEK: Final = WorkDays().is_working


class Rule(NamedTuple):
    """What somebody asks for, so long after an event."""

    code: str
    #: name of the event from which is counted
    anchor: str
    unit: Unit
    amount: int
    #: whether a drill has it too; what goes to authorities never has
    in_drills: bool = False
    #: where it is written, or who asks for it
    source: str = ""


class Deadline(NamedTuple):
    """The last moment in time, and the day that people call it by."""

    #: aware, in UTC; of a whole day this is 24:00 in the zone of the company
    at: datetime
    #: in the zone of the company
    day: date

    def is_late(self, now: datetime) -> bool:
        return now > self.at


def due(
    unit: Unit,
    amount: int,
    event: datetime,
    zone: tzinfo,
    is_working: IsWorking = _WEEK,
) -> Deadline:
    """Return when something is due.

    :param event: an aware datetime
    :param zone: of the company, one of pytz or zoneinfo
    :param is_working: tells of a day whether it counts as a working day
    :raise ValueError: if the event has no zone, the amount is negative, or no day is a
        working day
    """
    happened = day_of(event, zone)
    if amount < 0:
        raise ValueError(f"Nothing is due {amount} {unit} after an event.")
    if unit == HOURS:
        at = event.astimezone(timezone.utc) + timedelta(hours=amount)
        return Deadline(at, day_of(at, zone))
    day = _last_day(unit, amount, happened, is_working)
    return Deadline(end_of_day(day, zone), day)


def _last_day(unit: Unit, amount: int, event: date, is_working: IsWorking) -> date:
    if unit == WORKING_DAYS:
        return counted(event, amount, is_working)
    if unit == DAYS:
        return event + timedelta(days=amount)
    if unit == MONTHS:
        return months_later(event, amount)
    if unit == FIRST_OF_MONTH:
        return first_of_next_month(event)
    raise ValueError(f"{unit} is no unit of a deadline.")


def deadlines_of(
    rules: Iterable[Rule],
    events: Mapping[str, datetime | None],
    zone: tzinfo,
    is_working: IsWorking = _WEEK,
    is_drill: bool = False,
) -> dict[str, Deadline]:
    """Return ``{code: deadline}`` of the rules whose event has happened.

    :param events: when each anchor happened, as aware datetimes
    :param is_drill: leaves out what only a recall in earnest asks for
    """
    found = {}
    for rule in rules:
        event = events.get(rule.anchor)
        if event is not None and (rule.in_drills or not is_drill):
            found[rule.code] = due(rule.unit, rule.amount, event, zone, is_working)
    return found


class Agenda(NamedTuple):
    """Codes of what is not done yet, the soonest first."""

    late: list[str]
    to_come: list[str]


def agenda(
    deadlines: Mapping[str, Deadline], done: Collection[str], now: datetime
) -> Agenda:
    """Return what is late at a moment, and what comes next."""
    waiting = sorted(
        (deadline.at, code) for code, deadline in deadlines.items() if code not in done
    )
    late = [code for _at, code in waiting if deadlines[code].is_late(now)]
    return Agenda(late, [code for _at, code in waiting[len(late) :]])


class MonthlyReport(NamedTuple):
    """A report about a calendar month, due on the first of the next."""

    first: date
    last: date
    deadline: Deadline


def monthly_reports(
    opened: datetime, until: datetime, zone: tzinfo, ended: datetime | None = None
) -> Iterator[MonthlyReport]:
    """Yield the reports that are due up to the day of ``until``.

    :param opened: when the recall began: its month is the first that is reported
    :param ended: when it was terminated: nothing is due on a day after that
    """
    first = day_of(opened, zone).replace(day=1)
    last_due = min(day_of(moment, zone) for moment in (until, ended or until))
    while (day := months_later(first, 1)) <= last_due:
        yield MonthlyReport(first, day - ONE_DAY, Deadline(end_of_day(day, zone), day))
        first = day


def repeated(
    opened: datetime,
    days: int,
    until: datetime,
    zone: tzinfo,
    ended: datetime | None = None,
) -> Iterator[Deadline]:
    """Yield what is due every so many days, as a status report every two weeks.

    :param until: up to the day of that moment
    :param ended: when the recall was terminated: nothing is due on a day after that
    :raise ValueError: if it would be due every zero days
    """
    if days < 1:
        raise ValueError(f"Nothing is due every {days} days.")
    day = day_of(opened, zone)
    last_due = min(day_of(moment, zone) for moment in (until, ended or until))
    while (day := day + timedelta(days=days)) <= last_due:
        yield Deadline(end_of_day(day, zone), day)

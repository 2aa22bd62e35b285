"""Key figures of a recall. Shares are 0 to 1, and None where there is nothing.

>>> nine = datetime(2026, 11, 24, 9)
>>> told = [nine.replace(hour=10), nine.replace(hour=11), None, nine.replace(hour=12)]
>>> time_to_share(nine, told, 50)
datetime.timedelta(seconds=7200)
>>> time_to_share(nine, told, 100) is None
True
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ..answer.balance import Line, share_of

#: Days that non-responders are grouped by: up to so many, then the rest.
AGES = (3, 7, 14, 30)


def elapsed(begin: datetime | None, end: datetime | None) -> timedelta | None:
    """Return the time from one moment to another; None while one is missing.

    Suspicion to list is the time to trace; decision to the last hold, to stop.
    """
    return end - begin if begin and end else None


def time_to_share(
    begin: datetime, moments: Sequence[datetime | None], percent: int
) -> timedelta | None:
    """Return when such a share of all had been reached, None as long as it is not.

    :param moments: when each of them was; None for those who were not yet
    """
    needed = -(-len(moments) * percent // 100)
    reached = sorted(moment for moment in moments if moment is not None)
    if not needed or len(reached) < needed:
        return None
    return reached[needed - 1] - begin


def leakage(departures: Iterable[tuple[datetime, float]], decided: datetime) -> float:
    """Return how much left after the decision: must be nothing.

    :param departures: when goods of these batches were delivered, and how much

    >>> noon = datetime(2026, 11, 24, 12)
    >>> leakage([(noon, 3.0), (noon.replace(hour=13), 2.0)], noon)
    2.0
    """
    return sum(quantity for moment, quantity in departures if moment > decided)


def ages_of(sent: Iterable[datetime], now: datetime) -> dict[int | None, int]:
    """Return how many have not answered for up to so many days, each in one group.

    :param sent: when those who have not answered were told
    :return: ``{days: count}``, with None for longer than the last

    >>> ages_of([datetime(2026, 11, 20), datetime(2026, 1, 1)], datetime(2026, 11, 24))
    {3: 0, 7: 1, 14: 0, 30: 0, None: 1}
    """
    ages: dict[int | None, int] = {**dict.fromkeys(AGES, 0), None: 0}
    for moment in sent:
        age = now - moment
        group = next((days for days in AGES if age <= timedelta(days=days)), None)
        ages[group] += 1
    return ages


def scope_precision(cleared: float, held: float) -> float | None:
    """Return which share of what was held was cleared later: less is better."""
    return share_of(cleared, held)


def cost_per_unit(cost: float, lines: Iterable[Line]) -> float | None:
    """Return what each distributed unit has cost; None if none was.

    >>> cost_per_unit(300.0, [Line(shipped=100)]), cost_per_unit(300.0, [])
    (3.0, None)
    """
    distributed = sum(line.distributed for line in lines)
    return cost / distributed if distributed else None

"""Which columns of a logger's file say when, and how warm: found by their header.

>>> header = ["#", "Date Time, GMT-07:00", "Temp, °C (LGR S/N: 10755220, LBL: Air)"]
>>> columns = columns_of(header)
>>> columns.moment, columns.offset, columns.temperatures
(1, datetime.timedelta(days=-1, seconds=61200), {2: 'C'})
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

_DATE: Final = re.compile(r"\b(date|datum|dato|fecha|data|timestamp)", re.I)
_TIME: Final = re.compile(r"\b(time|zeit|uhrzeit|heure|hora|ora|klock\w*|tid)\b", re.I)
_TEMPERATURE: Final = re.compile(r"\btemp|^t\s*[\[(]|[°º*]\s*[cf]\b|℃|℉", re.I)
_UNIT: Final = re.compile(
    r"(?:[°º*]|degrees?\s+|\(|\[)\s*([cf])(?:elsius|ahrenheit)?\b", re.I
)
_OFFSET: Final = re.compile(
    r"(?:\b(?:gmt|utc))\s*(?:([+-]|−)\s*(\d{1,2})(?::?(\d{2}))?)?", re.I
)


class Columns(NamedTuple):
    """Where things stand in a line, counted from 0."""

    #: date, or date and time together
    moment: int | None
    #: time, where it stands alone
    time: int | None
    #: {column: C, F or empty where the header does not say}
    temperatures: Mapping[int, str]
    #: from UTC to the file's clock; None where the header does not say
    offset: timedelta | None


def columns_of(header: Sequence[str]) -> Columns:
    """Return what a header says."""
    temperatures = {
        place: unit_of(cell)
        for place, cell in enumerate(header)
        if _TEMPERATURE.search(cell) and not _DATE.search(cell)
    }
    dates = [n for n, cell in enumerate(header) if _DATE.search(cell)]
    times = [
        n
        for n, cell in enumerate(header)
        if _TIME.search(cell) and n not in dates and n not in temperatures
    ]
    moment = dates[0] if dates else (times[0] if times else None)
    time = times[0] if dates and times else None
    offsets = [found for cell in header if (found := offset_of(cell)) is not None]
    return Columns(moment, time, temperatures, offsets[0] if offsets else None)


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether a line names a column of moments and one of temperatures.

    >>> is_header(["Nr", "Zeit", "T [°C]"]), is_header(["Plot Title: Temp of day"])
    (True, False)
    """
    columns = columns_of(cells)
    return columns.moment is not None and bool(columns.temperatures)


def unit_of(text: str) -> str:
    """Return the unit that a header names, or nothing: it is never guessed.

    >>> [unit_of(text) for text in ("Temp, °F (LBL)", "Temp, (*C)", "℃", "Temperature")]
    ['F', 'C', 'C', '']
    """
    if "℃" in text or "℉" in text:
        return "C" if "℃" in text else "F"
    found = _UNIT.search(text)
    return found[1].upper() if found else ""


def offset_of(text: str) -> timedelta | None:
    """Return how far the clock of a header is from UTC; it never moves for summer.

    >>> offset_of("Date Time - GMT +01:00"), offset_of("Timestamp(UTC)")
    (datetime.timedelta(seconds=3600), datetime.timedelta(0))
    """
    found = _OFFSET.search(text)
    if not found:
        return None
    sign, hours, minutes = found.groups()
    distance = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return distance if sign in (None, "+") else -distance

"""The fields a batch pattern may hold, and how dates are read back from them.

Dates are those of production; with ``exp_`` before the name they are of expiry.

>>> fields = {"yy": "21", "doy": "293"}
>>> date_of(fields)
datetime.date(2021, 10, 20)
>>> date_of({"exp_yyyy": "2027", "exp_mm": "01", "exp_dd": "19"}, EXPIRY)
datetime.date(2027, 1, 19)
>>> week_of({"isoyy": "26", "ww": "48"})
(2026, 48)
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from .check_character import ALGORITHMS

SEQ = "seq"
CHECK = "check"
PRODUCT = "product"
EXPIRY = "exp_"
#: Some years have as many weeks by ISO.
WEEKS = 53

#: date field -> (strftime format, digits). ISO years and weeks belong together.
_DATE_PARTS = {
    "yyyy": ("%Y", 4),
    "yy": ("%y", 2),
    "mm": ("%m", 2),
    "dd": ("%d", 2),
    "doy": ("%j", 3),
    "isoyyyy": ("%G", 4),
    "isoyy": ("%g", 2),
    "ww": ("%V", 2),
}
DATE_FIELDS = {
    prefix + name: part for prefix in ("", EXPIRY) for name, part in _DATE_PARTS.items()
}
#: Codes of letters and digits, as long as they are.
CODE_FIELDS = (PRODUCT, "warehouse", "operation", "line")
#: Codes that are named after the colon: {attribute:Flavour}, {property:shift}.
NAMED_FIELDS = ("attribute", "property")
#: What must, and what may, stand after the colon of a field.
ARGUMENTS = {
    SEQ: r"[1-9]\+?",
    CHECK: "|".join(ALGORITHMS),
    **dict.fromkeys(NAMED_FIELDS, "[^:{}]+"),
}
FIELDS = (*CODE_FIELDS, *NAMED_FIELDS, SEQ, CHECK, *DATE_FIELDS)

CODE = "[0-9A-Za-z]+"
#: After the width of a running number: it may grow beyond it.
WIDENS = "+"


def is_expiry(field: str) -> bool:
    """Tell whether a date field is of the expiry."""
    return field.startswith(EXPIRY)


def date_text(field: str, day: date) -> str:
    """Return what a date field says of ``day``."""
    code, width = DATE_FIELDS[field]
    return day.strftime(code).zfill(width)  # strftime leaves early years short


def date_of(parts: Mapping[str, str], prefix: str = "") -> date | None:
    """Return the date that the fields in ``parts`` tell, None if they tell none.

    Two-digit years are of this century; a week is its Monday.

    :param parts: field -> text
    :param prefix: ``EXPIRY`` for the date of expiry
    :raises ValueError: when there is no such date
    """
    own = {name: parts[prefix + name] for name in _DATE_PARTS if prefix + name in parts}
    return _calendar_date(own) or _iso_date(own)


def week_of(parts: Mapping[str, str], prefix: str = "") -> tuple[int, int] | None:
    """Return the year and week that the fields tell, if no day; None if no week.

    :param prefix: ``EXPIRY`` for the week of expiry
    :raises ValueError: when there is no such week
    """
    own = {name: parts[prefix + name] for name in _DATE_PARTS if prefix + name in parts}
    year = _year(own, "iso") or _year(own)
    if not year or "ww" not in own or _calendar_date(own):
        return None
    week = int(own["ww"])
    if not 1 <= week <= WEEKS:
        raise ValueError(own["ww"])
    return year, week


def mixes_years(fields: Collection[str], prefix: str = "") -> bool:
    """Tell whether an ISO week stands beside the year of the calendar, and no day.

    Around New Year they differ: 30 December 2024 is in week 1 of 2025, and would be
    called week 1 of 2024, as the first week of that year was.
    """
    own = {name.removeprefix(prefix) for name in fields if name.startswith(prefix)}
    has_day = "doy" in own or {"mm", "dd"} <= own
    has_year = bool(own & {"yy", "yyyy"})
    return "ww" in own and has_year and not (has_day or own & {"isoyy", "isoyyyy"})


def _year(parts: Mapping[str, str], prefix: str = "") -> int | None:
    long, short = parts.get(f"{prefix}yyyy"), parts.get(f"{prefix}yy")
    return int(long) if long else 2000 + int(short) if short else None


def _calendar_date(parts: Mapping[str, str]) -> date | None:
    year = _year(parts)
    if year and "doy" in parts:
        day = date(year, 1, 1) + timedelta(days=int(parts["doy"]) - 1)
        if day.year != year:
            raise ValueError(parts["doy"])
        return day
    if year and "mm" in parts and "dd" in parts:
        return date(year, int(parts["mm"]), int(parts["dd"]))
    return None


def _iso_date(parts: Mapping[str, str]) -> date | None:
    year = _year(parts, "iso")
    if year and "ww" in parts:
        return date.fromisocalendar(year, int(parts["ww"]), 1)
    return None

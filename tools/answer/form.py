"""Reads what people type into the page on which they answer.

>>> read_quantity("1 234,5"), read_quantity(""), read_quantity("none")
(1234.5, None, nan)
"""

import re
from datetime import date
from math import isfinite, nan

from .ledger import Onward

#: Kinds of files that may come with an answer, by how they begin.
KINDS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
MOST_FILES = 5
MOST_BYTES = 5 * 1024 * 1024
#: So much text is kept of a line, and of a remark.
LINE, TEXT = 100, 1000
#: Nobody had more of one batch.
MOST = 1e12
#: Browsers send a dot. Of "1,234" nobody knows whether it is a thousand or one.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


def read_quantity(text: str | None) -> float | None:
    """Return a number as people write it, None for nothing, nan for what is none.

    >>> read_quantity("1,234.5"), read_quantity("0,250"), read_quantity("-3")
    (1234.5, 0.25, -3.0)
    >>> read_quantity("1,234"), read_quantity("1e9"), read_quantity("9" * 400)
    (nan, nan, nan)
    """
    typed = re.sub(r"[\s'\u2019]", "", text or "")
    if not typed:
        return None
    if _GROUPED.fullmatch(typed):
        if "." not in typed:
            return nan
        typed = typed.replace(",", "")
    typed = typed.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", typed):
        return nan
    number = float(typed)
    return number if abs(number) <= MOST else nan


def read_day(text: str | None) -> date | None:
    """Return a day as browsers send it, None for anything else.

    >>> read_day("2026-11-30"), read_day("30 Nov")
    (datetime.date(2026, 11, 30), None)
    """
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def read_text(text: str | None, most: int = LINE) -> str:
    """Return a text without what no printer prints, cut off where it is too long.

    >>> read_text("  Ann\\x00 Lee ", 3)
    'Ann'
    """
    printed = "".join(c for c in text or "" if c.isprintable() or c == "\n")
    return printed.strip()[:most].strip()


def kind_of(content: bytes) -> str | None:
    """Return the kind of a file by how it begins, whatever its name says.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"<svg onload=alert(1)>")
    ('application/pdf', None)
    """
    found = (kind for start, kind in KINDS.items() if content.startswith(start))
    return next(found, None)


def read_onward(text: str | None, most: int = 100) -> tuple[Onward, ...]:
    """Return to whom goods were passed on: one a line, with commas between.

    What has an @ is the address, what is a number the quantity, the rest the name.

    >>> read_onward("Corner Shop, anna@corner.example, 12,5\\n\\nMr Lee; 3")
    (Onward(name='Corner Shop', email='anna@corner.example', phone='', quantity=12.5), \
Onward(name='Mr Lee', email='', phone='', quantity=3.0))
    """
    lines = [line for line in (text or "").splitlines() if line.strip()]
    found = [_onward(line) for line in lines[:most]]
    return tuple(onward for onward in found if onward.name)


def _onward(line: str) -> Onward:
    # A comma with a space behind it separates; one between digits is decimal.
    name, email, quantity = [], "", 0.0
    for part in re.split(r"[;\t]|,(?=\D)|,(?=\s)", line):
        number = read_quantity(part)
        if number is not None and isfinite(number) and number >= 0:
            quantity = number
        elif "@" in part and not email:
            email = read_text(part)
        elif part.strip():
            name.append(part)
    return Onward(
        read_text(", ".join(map(str.strip, name))) or email, email, "", quantity
    )

"""Ids of records, as they come from a client: anything may stand where one should."""

from typing import Any

#: PostgreSQL has none beyond.
GREATEST_ID = 2**31 - 1
#: Digits of the greatest; Python refuses to read thousands of them.
_LONGEST = len(str(GREATEST_ID))


def is_id(value: Any) -> bool:
    """Tell whether a value can be an id; True is none, although it equals 1.

    >>> is_id(7), is_id(True), is_id("7"), is_id(2**40), is_id(-1)
    (True, False, False, False, False)
    """
    return type(value) is int and 0 < value <= GREATEST_ID


def ids_in(text: str) -> list[int]:
    """Return the ids in a text, with commas between; what is none is left out.

    >>> ids_in("3,x,5,,-1,²," + "9" * 5000)
    [3, 5]
    """
    parts = (part.strip() for part in text.split(","))
    numbers = (
        int(part)
        for part in parts
        if part.isascii() and part.isdigit() and len(part) <= _LONGEST
    )
    return [number for number in numbers if is_id(number)]

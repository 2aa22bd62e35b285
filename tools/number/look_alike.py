"""Batch numbers that people take for one another.

>>> look_alike("LO-10") == look_alike("l0 - 1O")
True
>>> look_alike("A-1") == look_alike("A-2")
False
"""

import re

#: What the eye confuses, and what it is read as. The index of the database uses the
#: same: see ``stock.lot``.
CONFUSED = ("OI", "01")
_READ_AS = str.maketrans(*CONFUSED)


def look_alike(number: str) -> str:
    """Return what two numbers share when only case, spaces, O/0 or I/1 part them."""
    return re.sub(r"\s+", "", number).upper().translate(_READ_AS)

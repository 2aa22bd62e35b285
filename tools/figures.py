"""Quantities as people write them.

>>> plain(1234567.25), plain(0.1 + 0.2), plain(5.0)
('1234567.25', '0.3', '5')
"""

import math

#: Decimals at most; beyond them is what binary numbers add.
DECIMALS = 4


def decimals(value: float) -> int:
    """Return how many decimals a number needs, at most ``DECIMALS``.

    >>> decimals(2.5), decimals(3), decimals(0.1 + 0.2)
    (1, 0, 1)
    """
    rounded = round(value, DECIMALS)
    return next(n for n in range(DECIMALS + 1) if round(rounded, n) == rounded)


def plain(value: float) -> str:
    """Return a number without needless zeros, and never with an exponent.

    >>> plain(-0.00001)
    '0'
    """
    return f"{round(value, DECIMALS) or 0:.{decimals(value)}f}"


def is_amount(value: float) -> bool:
    """Tell whether a number is an amount of something: above zero, and not endless.

    >>> is_amount(0.5), is_amount(0), is_amount(float("nan")), is_amount(float("inf"))
    (True, False, False, False)
    """
    return math.isfinite(value) and value > 0

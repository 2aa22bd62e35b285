"""Check characters at the end of a number, by the algorithms of python-stdnum.

They are computed over the letters and digits of a number; separators do not count.

>>> check_character("mod37_36", "01-2129304")
'C'
>>> check_character("luhn", "01-2129304")
'7'
"""

import re
from collections.abc import Callable

from stdnum import damm, ean, luhn
from stdnum.iso7064 import mod_11_10, mod_37_36

#: name -> (function, characters that it can handle)
ALGORITHMS: dict[str, tuple[Callable[[str], str], str]] = {
    "mod37_36": (mod_37_36.calc_check_digit, "0-9A-Z"),
    "mod11_10": (mod_11_10.calc_check_digit, "0-9"),
    "luhn": (luhn.calc_check_digit, "0-9"),
    "damm": (damm.calc_check_digit, "0-9"),
    "gs1": (ean.calc_check_digit, "0-9"),
}


def check_character(algorithm: str, text: str) -> str:
    """Return the check character of ``text``, one character.

    :param algorithm: a key of ``ALGORITHMS``
    :raises ValueError: when ``text`` has letters that the algorithm cannot handle
    """
    calculate, handled = ALGORITHMS[algorithm]
    counted = re.sub("[^0-9A-Za-z]", "", text)
    if not re.fullmatch(f"[{handled}]+", counted):
        raise ValueError(counted)
    return calculate(counted)

"""What GS1 asks of a batch number: application identifier 10, X..20.

GS1 General Specifications, sections 3.4.1 (AI 10) and 7.11 (character set 82).

>>> fits_gs1("01-2129304"), fits_gs1("LOT 7"), fits_gs1("")
(True, False, False)
>>> is_gtin("4006381333931"), is_gtin("4006381333930"), is_gtin("SHELF-7")
(True, False, False)
"""

import re

from stdnum import ean

LONGEST = 20
_CHARACTER_SET_82 = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]""")


def fits_gs1(number: str) -> bool:
    """Tell whether a batch number can stand in a GS1 barcode."""
    return 1 <= len(number) <= LONGEST and not misfits(number)


def misfits(number: str) -> str:
    """Return the characters of a number that GS1 does not know, each once."""
    return "".join(dict.fromkeys(_CHARACTER_SET_82.sub("", number)))


def is_gtin(barcode: str | None) -> bool:
    """Tell whether a barcode is a GTIN of 8, 12, 13 or 14 digits."""
    return ean.is_valid(barcode or "")

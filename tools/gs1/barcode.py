r"""What a GS1 barcode says: its application identifiers (AI) and their values.

As scanners send it, with or without a symbology identifier (``]C1``) and with FNC1 as
the group separator; and as people read it, with brackets.

>>> read_gs1("]C1010400638133393117270131" "10LOT-7")
{'01': '04006381333931', '17': '270131', '10': 'LOT-7'}
>>> read_gs1("010400638133393110LOT-7\x1d21S1")
{'01': '04006381333931', '10': 'LOT-7', '21': 'S1'}
>>> read_gs1("(01)04006381333931(10)LOT-7")
{'01': '04006381333931', '10': 'LOT-7'}
>>> read_gs1("0104006381333930" "10LOT-7") is None  # wrong check digit
True
>>> read_gs1("LOT-7") is None, read_gs1("10LOT-7") is None
(True, True)
"""

import re

from stdnum import ean

SEPARATOR = "\x1d"
GTIN, BATCH, SERIAL = "01", "10", "21"
#: AI (its first digits) -> how long its value is; None: up to the separator.
_FIXED = {
    **{"00": 18, "01": 14, "02": 14, "03": 14, "20": 2},
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), 6),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36"), 6),
    "41": 13,
}
#: First digits of an AI -> how many digits it has; others have two.
_LONG = {"23": 3, "24": 3, "25": 3, "40": 3, "41": 3, "42": 3, "70": 4, "80": 4}
_LONG |= dict.fromkeys(("31", "32", "33", "34", "35", "36", "39"), 4)
_SYMBOLOGY = re.compile(r"^(\][A-Za-z]\d)?[\x1d]?")
_BRACKETS = re.compile(r"\((\d{2,4})\)([^(]*)")
_ANY_VALUE = re.compile(r"^[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,90}$")


def read_gs1(text):
    """Return ``{AI: value}``, or None if this is no GS1 barcode with a GTIN.

    :param str text: as scanned or typed
    """
    text = _SYMBOLOGY.sub("", (text or "").strip(" "))
    found = _read_brackets(text) if text.startswith("(") else _read_raw(text)
    if not found or not ean.is_valid(found.get(GTIN, "")):
        return None
    return found


def _read_brackets(text):
    pairs = _BRACKETS.findall(text)
    whole = "".join(f"({ai}){value}" for ai, value in pairs) == text
    return dict(pairs) if whole and all(_fits(*pair) for pair in pairs) else None


def _read_raw(text):
    found = {}
    while text:
        ai = text[: _LONG.get(text[:2], 2)]
        length = _FIXED.get(ai[:2])
        rest = text[len(ai) :]
        if length:
            value, text = rest[:length], rest[length:].removeprefix(SEPARATOR)
        else:
            value, _separator, text = rest.partition(SEPARATOR)
        if not ai.isdigit() or ai in found or not _fits(ai, value):
            return None
        found[ai] = value
    return found


def _fits(ai, value):
    length = _FIXED.get(ai[:2])
    if length:
        return len(value) == length and value.isdigit()
    longest = 20 if ai in (BATCH, SERIAL) else 90
    return len(value) <= longest and bool(_ANY_VALUE.match(value))


def gtin_variants(gtin):
    """Return how a GTIN may stand on a product: with fewer leading zeros.

    >>> gtin_variants("00012345678905")
    ['00012345678905', '0012345678905', '012345678905']
    """
    shortest = gtin.lstrip("0")
    return [gtin[-length:] for length in (14, 13, 12, 8) if len(shortest) <= length]

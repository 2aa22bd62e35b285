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
from collections.abc import Iterator, Mapping
from pathlib import Path

from stdnum import ean, numdb

SEPARATOR = "\x1d"
GTIN, BATCH, SERIAL = "01", "10", "21"
_SYMBOLOGY = re.compile(r"^(\][A-Za-z]\d)?\x1d?")
_BRACKETS = re.compile(r"\((\d{2,4})\)")
_VALUE = re.compile(r"^[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,90}$")


def _read_table() -> numdb.NumDB:
    """Return python-stdnum's table of all AIs.

    Its own reader ``gs1_128`` cannot be imported once Odoo has patched stdnum's loader,
    which resources need. Besides, it fails at some AIs (4331, 8030), strips brackets
    from numbers, and lets the last of two lots win.
    """
    path = Path(numdb.__file__).with_name("gs1_ai.dat")
    with path.open(encoding="utf-8") as file:
        return numdb.read(file)


_IDENTIFIERS = _read_table()


def read_gs1(text: str | None) -> dict[str, str] | None:
    """Return ``{AI: value}``, or None if this is no GS1 barcode with a GTIN.

    :param text: as scanned or typed
    """
    text = _SYMBOLOGY.sub("", (text or "").strip(" "))
    bracketed = _BRACKETS.findall(text) if text.startswith("(") else []
    if bracketed:
        text = _BRACKETS.sub(rf"{SEPARATOR}\1", text).removeprefix(SEPARATOR)
    try:
        elements = list(_elements(text))
    except ValueError:
        return None
    identifiers = [ai for ai, _value in elements]
    values = dict(elements)
    if len(values) < len(elements) or identifiers != (bracketed or identifiers):
        return None
    return values if ean.is_valid(values.get(GTIN, "")) else None


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Yield each AI with its value; raise ValueError where there is none."""
    while text:
        ai, rule = _IDENTIFIERS.info(text)[0]
        if not rule:
            raise ValueError(text)
        value, _separator, _rest = text[len(ai) :].partition(SEPARATOR)
        if "fnc1" not in rule:
            value = value[: int(rule["format"].removeprefix("N"))]
        if not _fits(ai, rule, value):
            raise ValueError(text)
        yield ai, value
        text = text[len(ai + value) :].removeprefix(SEPARATOR)


def _fits(ai: str, rule: Mapping[str, str], value: str) -> bool:
    if "fnc1" not in rule:
        return value.isdigit() and f"N{len(value)}" == rule["format"]
    longest = 20 if ai in (BATCH, SERIAL) else 90
    return len(value) <= longest and bool(_VALUE.match(value))


def gtin_variants(gtin: str) -> list[str]:
    """Return how a GTIN may stand on a product: with fewer leading zeros.

    >>> gtin_variants("00012345678905")
    ['00012345678905', '0012345678905', '012345678905']
    """
    shortest = gtin.lstrip("0")
    return [gtin[-length:] for length in (14, 13, 12, 8) if len(shortest) <= length]

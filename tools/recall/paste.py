r"""Batch numbers in a list that was pasted, typed or scanned, of any length.

>>> pasted = read_list('LOT 1\r\nA-2, "B,3";LOT 1\t(01)04006381333931(10)C/4')
>>> [entry.number for entry in pasted.entries], pasted.repeated
(['LOT 1', 'A-2', 'B,3', 'C/4'], ['LOT 1'])
>>> pasted.entries[-1].gtin
'04006381333931'
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..gs1.barcode import BATCH, GTIN, SERIAL, read_gs1

#: What ends a line; not FNC1, which scanners send within a barcode.
_LINES = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
#: A text in quotes, up to the next separator, or what stands between separators.
_PARTS = re.compile(r'[ \xa0]*"((?:[^"]|"")*)"[ \xa0]*(?=[,;]|$)|([^,;]+)')
#: A GTIN and its identifier.
SHORTEST_BARCODE = 16
#: What cannot be seen, and comes along with text from elsewhere.
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\0"))


class Entry(NamedTuple):
    """One batch of the list."""

    number: str
    #: of the product, where a barcode says it; 14 digits
    gtin: str
    #: as it stood in the list
    text: str


class Pasted(NamedTuple):
    """What a list holds, in its order."""

    #: each batch once
    entries: list[Entry]
    #: numbers that stood there before, once for each time
    repeated: list[str]
    #: barcodes that name a product, and no batch of it
    without_number: list[str]


def read_list(text: str | None) -> Pasted:
    """Return the batch numbers of a list.

    New lines, tabs, commas and semicolons part them; spaces belong to them. A number
    with a comma stands in quotes. A GS1 barcode, as scanners send it or with brackets,
    gives its batch number (10), else its serial number (21).
    """
    seen: dict[tuple[str, str], Entry] = {}
    pasted = Pasted([], [], [])
    for entry in _parts((text or "").translate(_UNSEEN)):
        key = entry.gtin, entry.number
        if not entry.number:
            pasted.without_number.append(entry.text)
        elif key in seen:
            pasted.repeated.append(entry.number)
        else:
            seen[key] = entry
    pasted.entries.extend(seen.values())
    return pasted


def _parts(text: str) -> Iterator[Entry]:
    for line in _LINES.split(text):
        # A comma may belong to a barcode.
        barcode = _barcode(line.strip())
        if barcode:
            yield barcode
            continue
        for quoted, bare in _PARTS.findall(line):
            part = (quoted.replace('""', '"') or bare).strip()
            if part:
                yield _barcode(part) or Entry(part, "", part)


def _barcode(text: str) -> Entry | None:
    # Few numbers are so long, and looking up identifiers takes its time.
    values = read_gs1(text) if len(text) >= SHORTEST_BARCODE else None
    if values is None:
        return None
    return Entry(values.get(BATCH) or values.get(SERIAL, ""), values[GTIN], text)

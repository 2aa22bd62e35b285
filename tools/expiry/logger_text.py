r"""Text of a file that a temperature logger wrote: its code, lines and columns.

>>> table = table_of(b"\xef\xbb\xbfSerial;123\r\nZeit;T [\xc2\xb0C]\r\n1.4.;4,5\r\n")
>>> table.delimiter, table.lines[1]
(';', ['Zeit', 'T [°C]'])
"""

import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from typing import Final, NamedTuple

DELIMITERS: Final = (";", "\t", ",")
#: How many lines tell what a column is divided by.
LOOKED_AT: Final = 200
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Table(NamedTuple):
    """Lines of a file, each divided into its cells, without blanks around them."""

    delimiter: str
    lines: Sequence[Sequence[str]]


def decoded(data: bytes) -> str:
    r"""Return the text of a file: UTF-8, UTF-16 or, where it is neither, cp1252.

    >>> decoded("Temp, °C".encode("utf-16")), decoded("°C".encode("cp1252"))
    ('Temp, °C', '°C')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if data[:400].count(0) > len(data[:400]) // 4:
        little = data[1:400:2].count(0) > data[:400:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def table_of(data: bytes) -> Table:
    """Return a file as a table; empty lines stay, so that lines keep their numbers."""
    text = decoded(data).replace("\0", "")
    delimiter = _delimiter(text.splitlines()[:LOOKED_AT])
    # Line by line: a quote that is left open must not swallow the rest.
    lines = [
        [
            cell.strip()
            for cell in next(csv.reader(StringIO(line), delimiter=delimiter), [])
        ]
        for line in text.splitlines()
    ]
    return Table(delimiter, lines)


def _delimiter(lines: Sequence[str]) -> str:
    """Return what divides most lines into the same number of cells, more than one."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        counts = Counter(
            count for line in lines if (count := _outside_quotes(line).count(delimiter))
        )
        if counts:
            _cells, alike = counts.most_common(1)[0]
            if alike > most:
                best, most = delimiter, alike
    return best


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])

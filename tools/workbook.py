"""A trace as a spreadsheet: one clean sheet per question.

Real numbers and dates, one value per cell, no merged cells: every sheet sorts, filters
and pivots. Text stays text, whatever it looks like: nothing is a formula or a link.

>>> content = workbook([Sheet("Batches", ["Number", "kg"], [["=1+1", 5.0]])])
>>> content[:2]
b'PK'
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter

#: Excel refuses longer names, and these characters.
_SHEET_NAME = 31
_FORBIDDEN = str.maketrans("[]:*?/\\", "-------")
_ROWS_AT_MOST = 1_048_575
_WIDEST = 40
_SAMPLE = 200
#: What looks like a formula, an address or a number in a text stays a text.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}


#: What a cell may hold; None, False and "" leave it empty.
Value = str | float | date | bool | None


class Sheet(NamedTuple):
    name: str
    #: titles of the columns
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return the bytes of an XLSX file.

    :param sheets: times are written as they are given
    :raises ValueError: for more rows than a sheet can have
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(_name(sheet.name)), sheet, formats)
    return stream.getvalue()


def _name(name: str) -> str:
    return name.translate(_FORBIDDEN).strip("'")[:_SHEET_NAME]


def _write(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    if len(sheet.rows) > _ROWS_AT_MOST:
        raise ValueError(f"{sheet.name}: {len(sheet.rows)} rows")
    page.write_row(0, 0, sheet.columns, formats["head"])
    for place, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, place, column, value, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    for column, title in enumerate(sheet.columns):
        texts = [str(row[column] or "") for row in sheet.rows[:_SAMPLE]]
        widest = max(map(len, [title, *texts]))
        page.set_column(column, column, min(_WIDEST, widest + 3))


def _write_cell(
    page: Any, row: int, column: int, value: Value, formats: Mapping[str, Any]
) -> None:
    if value is None or value is False or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(row, column, value, formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))

r"""Readings of a logger's file, row by row, and what is wrong with which row.

Nothing is guessed: what the file does not say is asked, and then remembered by whoever
imports such files again.

>>> data = b"#,\"Date Time, GMT-08:00\",\"Temp, \xc2\xb0F\"\n1,2026-03-08 02:30,77\n"
>>> found = read(data, now=datetime(2026, 11, 30))
>>> found.readings
[Reading(moment=datetime.datetime(2026, 3, 8, 10, 30), celsius=25.0)]
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from .intervals import Reading, celsius_of
from .logger_columns import Columns, columns_of, is_header
from .logger_dates import Order, moment_of, order_of
from .logger_text import LOOKED_AT, Table, table_of

#: Temperatures that a logger can have measured.
COLDEST, WARMEST = -80.0, 150.0
#: How much its clock may be ahead of ours.
AHEAD: Final = timedelta(minutes=5)
_NUMBER: Final = re.compile(r"^[+-]?\d{1,4}(?:[.,]\d+)?$")

Question = Literal["unit", "offset", "order", "column"]


class Answers(NamedTuple):
    """What a person says of a kind of file, where the file does not."""

    unit: str = ""
    offset: timedelta | None = None
    order: Order | None = None
    #: of the temperature, counted from 0
    column: int | None = None


Fault = Literal[
    "no_header",
    "no_order",
    "no_reading",
    "no_temperature",
    "beyond",
    "no_moment",
    "future",
    "contradiction",
]


class Problem(NamedTuple):
    """What is wrong with a row; 0 for what concerns the whole file."""

    row: int
    fault: Fault
    #: what stands there
    text: str = ""


class RowError(ValueError):
    """A row cannot be read.

    :ivar fault: which of the faults it is
    :ivar text: what stands there
    """

    def __init__(self, fault: Fault, text: str) -> None:
        self.fault, self.text = fault, text
        super().__init__(f"{fault}: {text}")


class LoggerFile(NamedTuple):
    """What a file says. With a problem or a question nothing of it is taken over."""

    readings: list[Reading]
    problems: list[Problem]
    #: what must be said by a person before it can be read
    questions: list[Question]
    #: rows without a temperature: markers of the logger
    markers: int
    #: {column: its header} of temperatures, to choose from
    channels: Mapping[int, str]


class _Plan(NamedTuple):
    """How rows are read."""

    columns: Columns
    column: int
    unit: str
    offset: timedelta
    order: Order


def read(data: bytes, now: datetime, answers: Answers | None = None) -> LoggerFile:
    """Return the readings of a file, and all that is wrong with it.

    :param data: the file
    :param now: naive UTC; later readings cannot be
    :param answers: of a person, or remembered; where the file says something else of
        itself, that counts
    """
    answers = answers or Answers()
    table = table_of(data)
    place = next(
        (n for n, cells in enumerate(table.lines[:LOOKED_AT]) if is_header(cells)), None
    )
    if place is None:
        return LoggerFile([], [Problem(0, "no_header")], [], 0, {})
    columns = columns_of(table.lines[place])
    channels = {n: table.lines[place][n] for n in columns.temperatures}
    try:
        plan, questions = _planned(table, place, columns, answers)
    except ValueError:
        return LoggerFile([], [Problem(0, "no_order")], [], 0, channels)
    if plan is None:
        return LoggerFile([], [], questions, 0, channels)
    return _read_rows(table, place + 1, plan, now)._replace(channels=channels)


def _planned(
    table: Table, place: int, columns: Columns, answers: Answers
) -> tuple[_Plan | None, list[Question]]:
    """Return how to read the rows below a header, or what must be asked first."""
    questions: list[Question] = []
    column = min(columns.temperatures)
    if answers.column in columns.temperatures and answers.column is not None:
        column = answers.column
    elif len(columns.temperatures) > 1:
        questions.append("column")
    unit = columns.temperatures[column] or answers.unit
    if not unit:
        questions.append("unit")
    offset = answers.offset if columns.offset is None else columns.offset
    if offset is None:
        questions.append("offset")
    texts = (_moment_text(cells, columns) for cells in table.lines[place + 1 :])
    order = order_of(text for text in texts if text) or answers.order
    if order is None:
        questions.append("order")
    if questions or offset is None or order is None:
        return None, questions
    return _Plan(columns, column, unit, offset, order), []


def _moment_text(cells: Sequence[str], columns: Columns) -> str:
    places = [n for n in (columns.moment, columns.time) if n is not None]
    return " ".join(cells[n] for n in places if n < len(cells)).strip()


def _read_rows(table: Table, first: int, plan: _Plan, now: datetime) -> LoggerFile:
    known: dict[datetime, float] = {}
    problems, markers = [], 0
    for row, cells in enumerate(table.lines[first:], start=first + 1):
        if not any(cells):
            continue
        text = cells[plan.column] if plan.column < len(cells) else ""
        if not text:
            markers += 1
            continue
        try:
            reading = _reading(cells, text, plan, now)
            _check_known(known, reading)
        except RowError as error:
            problems.append(Problem(row, error.fault, error.text))
            continue
        known[reading.moment] = reading.celsius
    if not known and not problems:
        problems.append(Problem(0, "no_reading"))
    readings = [Reading(moment, known[moment]) for moment in sorted(known)]
    return LoggerFile(readings, problems, [], markers, {})


def _reading(cells: Sequence[str], text: str, plan: _Plan, now: datetime) -> Reading:
    if not _NUMBER.match(text):
        raise RowError("no_temperature", text)
    celsius = celsius_of(float(text.replace(",", ".")), plan.unit)
    if not COLDEST <= celsius <= WARMEST:
        raise RowError("beyond", f"{text} °{plan.unit}")
    told = _moment_text(cells, plan.columns)
    try:
        moment = moment_of(told, plan.order) - plan.offset
    except ValueError as error:
        raise RowError("no_moment", told) from error
    if moment > now + AHEAD:
        raise RowError("future", told)
    return Reading(moment, celsius)


def _check_known(known: Mapping[datetime, float], reading: Reading) -> None:
    before = known.get(reading.moment)
    if before is not None and before != reading.celsius:
        raise RowError("contradiction", f"{before:g} / {reading.celsius:g} °C")

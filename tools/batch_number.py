"""Batch numbers that mean something: pattern -> number -> meaning.

A pattern is literal text and fields in braces. ``{product}-{yy}{doy}{seq:2}`` is the
number of a hummus maker: flavour, two-digit year, day of the year, batch of the day.

>>> from datetime import date
>>> pattern = Pattern.parse("{product}-{yy}{doy}{seq:2}")
>>> facts = Facts(product="01", date=date(2021, 10, 20))
>>> pattern.render(facts, 4)
'01-2129304'
>>> pattern.decode("03-2216101")
Decoded(product='03', date=datetime.date(2022, 6, 10), number=1)

The running number counts within everything else that the number says: its *scope*.

>>> pattern.scope(facts)
'01-21293{seq}'

Write ``{{`` and ``}}`` for braces that are part of the number.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

SEQ = "seq"
PRODUCT = "product"
MAX_WIDTH = 9

#: field -> (strftime format, digits). ISO years and weeks belong together.
DATE_FIELDS = {
    "yyyy": ("%Y", 4),
    "yy": ("%y", 2),
    "mm": ("%m", 2),
    "dd": ("%d", 2),
    "doy": ("%j", 3),
    "isoyyyy": ("%G", 4),
    "isoyy": ("%g", 2),
    "ww": ("%V", 2),
}
FIELDS = (PRODUCT, SEQ, *DATE_FIELDS)

# The reasons why a pattern or a number is refused: callers word them for people.
UNKNOWN_FIELD = "unknown_field"
UNBALANCED_BRACE = "unbalanced_brace"
NO_NUMBER = "no_number"
SECOND_NUMBER = "second_number"
BAD_WIDTH = "bad_width"
OVERFLOW = "overflow"
PRODUCT_CODE_MISSING = "product_code_missing"
DOES_NOT_FIT = "does_not_fit"
NO_SUCH_DATE = "no_such_date"

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


class BatchNumberError(ValueError):
    """A pattern or number that cannot be used.

    :ivar str reason: one of the constants above
    :ivar int position: index of the offending character in the text
    :ivar str detail: the offending piece of text
    """

    def __init__(self, reason, position=0, detail=""):
        super().__init__(f"{reason} at {position}: {detail}")
        self.reason = reason
        self.position = position
        self.detail = detail


@dataclass(frozen=True)
class Facts:
    """What a number may speak of: batch code of the product, production date."""

    product: str
    date: date


@dataclass(frozen=True)
class Decoded:
    """What a number says. A part that the pattern does not hold is None."""

    product: str | None
    date: date | None
    number: int


@dataclass(frozen=True)
class Piece:
    """Literal text (``field`` is None) or a field with its width in characters."""

    text: str
    field: str | None = None
    width: int = 0


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern: a sequence of pieces, exactly one of them the number."""

    pieces: tuple[Piece, ...]

    @staticmethod
    @lru_cache(maxsize=512)
    def parse(text):
        """Return the ``Pattern`` of ``text``; raise BatchNumberError at a fault."""
        pieces = tuple(_piece(token) for token in _TOKEN.finditer(text or ""))
        numbers = [piece for piece in pieces if piece.field == SEQ]
        if not numbers:
            raise BatchNumberError(NO_NUMBER, len(text or ""))
        if len(numbers) > 1:
            position = text.rindex("{" + SEQ)
            raise BatchNumberError(SECOND_NUMBER, position, numbers[1].text)
        return Pattern(pieces)

    def scope(self, facts):
        """Return the number with its running part left open: what it counts within."""
        return "".join(
            "{seq}" if piece.field == SEQ else _render(piece, facts)
            for piece in self.pieces
        )

    def render(self, facts, number):
        """Return the number of the ``number``-th batch (from 1) of these facts.

        :raises BatchNumberError: when it does not fit the width (it never wraps), or
            the pattern speaks of a product code that is missing
        """
        width = self.width
        if len(str(number)) > width:
            raise BatchNumberError(OVERFLOW, detail=str(number))
        return self.scope(facts).replace("{seq}", str(number).zfill(width))

    @property
    def width(self):
        """Digits of the running number."""
        return next(piece.width for piece in self.pieces if piece.field == SEQ)

    @property
    def needs_product(self):
        """Whether the number says which product it is of."""
        return any(piece.field == PRODUCT for piece in self.pieces)

    def decode(self, text):
        """Return what ``text`` says as ``Decoded``; raise BatchNumberError if nothing.

        Two-digit years are of this century.
        """
        found = re.fullmatch(_regex(self.pieces), text)
        if not found:
            raise BatchNumberError(DOES_NOT_FIT, self._misfit(text), text)
        parts = found.groupdict()
        return Decoded(parts.get(PRODUCT), _date(parts, text), int(parts[SEQ]))

    def _misfit(self, text):
        """Return where ``text`` stops following the pattern."""
        position = 0
        for end in range(1, len(self.pieces) + 1):
            found = re.match(_regex(self.pieces[:end]), text)
            if not found:
                break
            position = found.end()
        return position


def _piece(token):
    text = token.group()
    if text in ("{{", "}}"):
        return Piece(text[0])
    if text in ("{", "}"):
        raise BatchNumberError(UNBALANCED_BRACE, token.start(), text)
    if token.group(1) is None:
        return Piece(text)
    return _field_piece(token.group(1), token.start() + 1)


def _field_piece(inside, position):
    field, _colon, width = inside.partition(":")
    if field not in FIELDS:
        raise BatchNumberError(UNKNOWN_FIELD, position, field)
    if field in DATE_FIELDS and not width:
        return Piece(inside, field, DATE_FIELDS[field][1])
    if field == PRODUCT and not width:
        return Piece(inside, field)
    if field != SEQ or not re.fullmatch("[1-9]", width):
        raise BatchNumberError(BAD_WIDTH, position + len(field), inside)
    return Piece(inside, field, int(width))


def _render(piece, facts):
    if piece.field is None:
        return piece.text
    if piece.field in DATE_FIELDS:
        # strftime does not pad years below 1000 everywhere
        return facts.date.strftime(DATE_FIELDS[piece.field][0]).zfill(piece.width)
    if not facts.product:
        raise BatchNumberError(PRODUCT_CODE_MISSING)
    return facts.product


def _regex(pieces):
    """Return the regular expression of ``pieces``; a repeated field repeats itself."""
    seen = set()
    parts = []
    for piece in pieces:
        parts.append(_piece_regex(piece, piece.field in seen))
        seen.add(piece.field)
    return "".join(parts)


def _piece_regex(piece, repeated):
    if piece.field is None:
        return re.escape(piece.text)
    if repeated:
        return f"(?P={piece.field})"
    if piece.field == PRODUCT:
        return "(?P<product>[0-9A-Za-z]+?)"
    return rf"(?P<{piece.field}>[0-9]{{{piece.width}}})"


def _date(parts, text):
    try:
        return _calendar_date(parts) or _iso_date(parts)
    except ValueError as error:
        raise BatchNumberError(NO_SUCH_DATE, detail=text) from error


def _year(parts, prefix=""):
    long, short = parts.get(f"{prefix}yyyy"), parts.get(f"{prefix}yy")
    return int(long) if long else 2000 + int(short) if short else None


def _calendar_date(parts):
    year = _year(parts)
    if year and "doy" in parts:
        first = date(year, 1, 1)
        found = first + timedelta(days=int(parts["doy"]) - 1)
        if found.year != year:
            raise ValueError(parts["doy"])
        return found
    if year and "mm" in parts and "dd" in parts:
        return date(year, int(parts["mm"]), int(parts["dd"]))
    return None


def _iso_date(parts):
    """Return the Monday of an ISO week."""
    year = _year(parts, "iso")
    if year and "ww" in parts:
        return date.fromisocalendar(year, int(parts["ww"]), 1)
    return None

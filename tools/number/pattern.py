"""Batch numbers that mean something: pattern -> number -> meaning.

A pattern is literal text and fields in braces. ``{product}-{yy}{doy}{seq:2}`` is the
number of a hummus maker: flavour, two-digit year, day of the year, batch of the day.

>>> from datetime import date
>>> pattern = Pattern.parse("{product}-{yy}{doy}{seq:2}")
>>> facts = Facts(product="01", date=date(2021, 10, 20))
>>> pattern.render(facts, 4)
'01-2129304'
>>> decoded = pattern.decode("03-2216101")
>>> decoded.product, decoded.date, decoded.number
('03', datetime.date(2022, 6, 10), 1)

The running number counts within everything else that the number says: its *scope*.

>>> pattern.scope(facts)
'01-21293{seq}'

Numbers can carry a check character, and codes of the place, the product's attributes
and the lot's properties.

>>> pattern = Pattern.parse("L{yy}{doy}{line}-{seq:1}{check:mod37_36}")
>>> pattern.render(Facts(date=date(2021, 10, 20), codes={"line": "B"}), 4)
'L21293B-46'

A running number ends at its width and never wraps, unless it may widen.

>>> pattern = Pattern.parse("{yy}{doy}-{seq:2+}")
>>> pattern.render(Facts(date=date(2021, 10, 20)), 100)
'21293-100'

Write ``{{`` and ``}}`` for braces that are part of the number.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .check_character import check_character
from .fields import (
    CHECK,
    CODE,
    DATE_FIELDS,
    EXPIRY,
    PRODUCT,
    SEQ,
    date_of,
    date_text,
    is_expiry,
    mixes_years,
    week_of,
)
from .grammar import (
    BAD_CODE,
    CODE_MISSING,
    DATE_MISSING,
    DOES_NOT_FIT,
    NO_SUCH_DATE,
    NOT_CHECKABLE,
    OVERFLOW,
    WRONG_CHECK,
    BatchNumberError,
    Piece,
    distinct,
    misfit,
    parse_pieces,
    regex,
)

# Hold the places of what is not known yet; no pattern can contain them.
_OPEN = {SEQ: "\ue000", CHECK: "\ue001"}
# Where a number that widens ends: counters are four-byte integers.
_WIDEST = 10**9 - 1


@dataclass(frozen=True)
class Facts:
    """What a number may speak of.

    ``codes`` holds what stands in the other code fields, by the text between the
    braces: ``{"warehouse": "WH", "attribute:Flavour": "B"}``.
    """

    product: str = ""
    date: datetime.date | None = None
    expiry: datetime.date | None = None
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decoded(Facts):
    """What a number says. A part that the pattern does not hold is empty.

    :ivar week: year and week of production, where it says no day
    :ivar expiry_week: the same of the expiry
    """

    number: int = 0
    week: tuple[int, int] | None = field(default=None, compare=False)
    expiry_week: tuple[int, int] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern: a sequence of pieces, exactly one of them the number."""

    pieces: tuple[Piece, ...]

    @staticmethod
    @lru_cache(maxsize=512)
    def parse(text: str | None) -> "Pattern":
        """Return the ``Pattern`` of ``text``; raise BatchNumberError at a fault."""
        return Pattern(parse_pieces(text or ""))

    def scope(self, facts: Facts) -> str:
        """Return the number with its running part left open: what it counts within.

        :raises BatchNumberError: when the facts lack something the number speaks of
        """
        text = self._open_number(facts)
        for kind, mark in _OPEN.items():
            text = text.replace(mark, f"{{{kind}}}")
        return text

    def render(self, facts: Facts, number: int) -> str:
        """Return the number of the ``number``-th batch (from 1) of these facts.

        :raises BatchNumberError: when it does not fit the width (it never wraps), or
            the facts lack something the number speaks of
        """
        return self.render_all(facts, number, 1)[0]

    def render_all(self, facts: Facts, first: int, count: int) -> list[str]:
        """Return ``count`` numbers from the ``first``-th batch on."""
        last = first + count - 1
        if last > self.limit:
            raise BatchNumberError(OVERFLOW, detail=str(last))
        before, after = self._open_number(facts).split(_OPEN[SEQ])
        width = self.width
        numbers = [f"{before}{n:0{width}}{after}" for n in range(first, last + 1)]
        check = self.check
        return [_with_check(check, text) for text in numbers] if check else numbers

    def _open_number(self, facts: Facts) -> str:
        return "".join(self._known(piece, facts) for piece in self.pieces)

    @cached_property
    def running(self) -> Piece:
        """The piece that is the running number."""
        return next(piece for piece in self.pieces if piece.kind == SEQ)

    @property
    def width(self) -> int:
        """Digits of the running number, at least."""
        return self.running.width

    @property
    def limit(self) -> int:
        """The highest running number."""
        return _WIDEST if self.running.widens else 10**self.width - 1

    @cached_property
    def check(self) -> str | None:
        """The algorithm of the check character, None without one."""
        kinds = (piece.text for piece in self.pieces if piece.kind == CHECK)
        return next(kinds, ":").partition(":")[2] or None

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """What the pattern speaks of: the texts between its braces, in order."""
        return tuple(piece.text for piece in self.pieces if piece.kind)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its fields."""
        return frozenset(piece.kind for piece in self.pieces if piece.kind)

    @property
    def needs_product(self) -> bool:
        """Whether the number says which product it is of."""
        return bool(self.kinds & {PRODUCT, "attribute"})

    @property
    def needs_lot(self) -> bool:
        """Whether the number says something that only the lot itself may know."""
        return bool(self.kinds & {"warehouse", "line", "property"})

    @property
    def says_day(self) -> bool:
        """Whether the number says anything of the production date."""
        return any(kind in DATE_FIELDS and not is_expiry(kind) for kind in self.kinds)

    @property
    def mixes_years(self) -> bool:
        """Whether a week by ISO stands beside the year of the calendar."""
        return mixes_years(self.kinds) or mixes_years(self.kinds, EXPIRY)

    @property
    def says_expiry(self) -> bool:
        """Whether the number says anything of the expiry."""
        return any(map(is_expiry, self.kinds))

    def decode(self, text: str) -> Decoded:
        """Return what ``text`` says as ``Decoded``; raise BatchNumberError if nothing.

        Two-digit years are of this century.
        """
        match = re.fullmatch(regex(self.pieces), text)
        if not match:
            raise BatchNumberError(DOES_NOT_FIT, misfit(self.pieces, text), text)
        groups = [piece.text for piece in distinct(self.pieces)]
        parts = dict(zip(groups, match.groups(), strict=True))
        self._verify_check(text, parts)
        return self._decoded(parts, text)

    def is_of(
        self, text: str, made: datetime.date | None, expiry: datetime.date | None
    ) -> bool:
        """Tell whether ``text`` is a number of the pattern, and speaks of these days.

        >>> pattern = Pattern.parse("{yy}{doy}-{seq:1}")
        >>> pattern.is_of("26328-1", datetime.date(2026, 11, 24), None)
        True
        >>> pattern.is_of("26328-1", datetime.date(2026, 11, 29), None)
        False
        """
        try:
            said = self.decode(text)
            facts = Facts(said.product, made, expiry, said.codes)
            return self.render(facts, said.number) == text
        except BatchNumberError:
            return False

    def _decoded(self, parts: Mapping[str, str], text: str) -> Decoded:
        try:
            made, expiry = date_of(parts), date_of(parts, EXPIRY)
            weeks = week_of(parts), week_of(parts, EXPIRY)
        except ValueError as error:
            raise BatchNumberError(NO_SUCH_DATE, detail=text) from error
        special = {PRODUCT, *DATE_FIELDS}
        codes = {
            name: code
            for name, code in parts.items()
            if name not in special and not name.startswith((f"{SEQ}:", f"{CHECK}:"))
        }
        number = int(parts[self.running.text])
        return Decoded(parts.get(PRODUCT, ""), made, expiry, codes, number, *weeks)

    def _verify_check(self, text: str, parts: Mapping[str, str]) -> None:
        if not self.check:
            return
        open_number = "".join(
            _OPEN[CHECK] if piece.kind == CHECK else parts.get(piece.text, piece.text)
            for piece in self.pieces
        )
        if _with_check(self.check, open_number) != text:
            raise BatchNumberError(WRONG_CHECK, open_number.index(_OPEN[CHECK]), text)

    def _known(self, piece: Piece, facts: Facts) -> str:
        """Return what is known of a piece before the number is."""
        if piece.kind is None:
            return piece.text
        if piece.kind in (SEQ, CHECK):
            return _OPEN[piece.kind]
        if piece.kind in DATE_FIELDS:
            return _date(piece.kind, piece, facts)
        return _code(piece, facts)


def _with_check(algorithm: str, open_number: str) -> str:
    before, after = open_number.split(_OPEN[CHECK])
    try:
        return before + check_character(algorithm, before + after) + after
    except ValueError as error:
        raise BatchNumberError(NOT_CHECKABLE, detail=str(error)) from error


def _date(field: str, piece: Piece, facts: Facts) -> str:
    day = facts.expiry if is_expiry(field) else facts.date
    if not day:
        raise BatchNumberError(DATE_MISSING, piece.position, piece.text)
    return date_text(field, day)


def _code(piece: Piece, facts: Facts) -> str:
    code = facts.product if piece.kind == PRODUCT else facts.codes.get(piece.text)
    if not code:
        raise BatchNumberError(CODE_MISSING, piece.position, piece.text)
    if not re.fullmatch(CODE, code):
        raise BatchNumberError(BAD_CODE, piece.position, code)
    return code

"""How a batch pattern is written: text -> pieces -> regular expression.

>>> [piece.text for piece in parse_pieces("{yy}-{seq:2}")]
['yy', '-', 'seq:2']
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .fields import ARGUMENTS, CHECK, CODE, DATE_FIELDS, FIELDS, SEQ, WIDENS

# The reasons why a pattern or a number is refused: callers word them for people.
UNKNOWN_FIELD = "unknown_field"
UNBALANCED_BRACE = "unbalanced_brace"
NO_NUMBER = "no_number"
SECOND_NUMBER = "second_number"
BAD_ARGUMENT = "bad_argument"
AMBIGUOUS = "ambiguous"
OVERFLOW = "overflow"
CODE_MISSING = "code_missing"
DATE_MISSING = "date_missing"
BAD_CODE = "bad_code"
NOT_CHECKABLE = "not_checkable"
DOES_NOT_FIT = "does_not_fit"
WRONG_CHECK = "wrong_check"
NO_SUCH_DATE = "no_such_date"
NOT_GS1 = "not_gs1"

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


class BatchNumberError(ValueError):
    """A pattern or number that cannot be used.

    :ivar reason: one of the constants above
    :ivar position: index of the offending character in the text
    :ivar detail: the offending piece of text
    """

    def __init__(self, reason: str, position: int = 0, detail: str = "") -> None:
        super().__init__(f"{reason} at {position}: {detail}")
        self.reason = reason
        self.position = position
        self.detail = detail


@dataclass(frozen=True)
class Piece:
    """Literal text (``kind`` is None) or a field.

    :ivar text: the literal, or what stands between the braces
    :ivar kind: the field without its argument
    :ivar width: characters it takes, 0 when that depends
    :ivar widens: whether it may take more than its width
    """

    text: str
    kind: str | None = None
    width: int = 0
    position: int = 0
    widens: bool = False

    @property
    def is_open(self) -> bool:
        """Whether only what follows tells where it ends."""
        return bool(self.kind) and (self.widens or not self.width)


def parse_pieces(text: str) -> tuple[Piece, ...]:
    """Return ``text`` as a tuple of ``Piece``; raise BatchNumberError at a fault."""
    pieces = tuple(_piece(token) for token in _TOKEN.finditer(text))
    _require_readable(pieces)
    _require_number(pieces, len(text))
    return pieces


def _piece(token: re.Match[str]) -> Piece:
    text, position = token.group(), token.start()
    if text in ("{{", "}}"):
        return Piece(text[0], position=position)
    if text in ("{", "}"):
        raise BatchNumberError(UNBALANCED_BRACE, position, text)
    if token.group(1) is None:
        return Piece(text, position=position)
    return _field_piece(token.group(1), position + 1)


def _field_piece(inside: str, position: int) -> Piece:
    kind, _colon, argument = inside.partition(":")
    if kind not in FIELDS:
        raise BatchNumberError(UNKNOWN_FIELD, position, kind)
    if not re.fullmatch(ARGUMENTS.get(kind, ""), argument):
        raise BatchNumberError(BAD_ARGUMENT, position + len(kind), inside)
    if kind == SEQ:
        return Piece(inside, kind, int(argument[0]), position, WIDENS in argument)
    if kind == CHECK:
        return Piece(inside, kind, 1, position)
    return Piece(inside, kind, DATE_FIELDS.get(kind, ("", 0))[1], position)


def _require_number(pieces: Sequence[Piece], end: int) -> None:
    """Refuse all but one running number, and more than one check character."""
    numbers = [piece for piece in pieces if piece.kind == SEQ]
    checks = [piece for piece in pieces if piece.kind == CHECK]
    if not numbers:
        raise BatchNumberError(NO_NUMBER, end)
    for extra in numbers[1:] or checks[1:]:
        raise BatchNumberError(SECOND_NUMBER, extra.position - 1, extra.text)


def _require_readable(pieces: Sequence[Piece]) -> None:
    """Refuse two codes in a row: nobody could say where one ends.

    Codes are letters and digits, so anything else between two of them parts them. A
    running number that widens is like a code.
    """
    open_code = None
    for piece in pieces:
        if piece.kind is None and re.search("[^0-9A-Za-z]", piece.text):
            open_code = None
        elif piece.is_open:
            if open_code:
                raise BatchNumberError(AMBIGUOUS, piece.position, piece.text)
            open_code = piece


def distinct(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the fields in order, each once."""
    return list({piece.text: piece for piece in pieces if piece.kind}.values())


def regex(pieces: Sequence[Piece]) -> str:
    """Return the regular expression of ``pieces``; a repeated field repeats itself."""
    groups = {piece.text: n for n, piece in enumerate(distinct(pieces), 1)}
    seen: set[str] = set()
    parts = []
    for piece in pieces:
        parts.append(_piece_regex(piece, groups, piece.text in seen))
        if piece.kind:
            seen.add(piece.text)
    return "".join(parts)


def _piece_regex(piece: Piece, groups: dict[str, int], repeated: bool) -> str:
    if piece.kind is None:
        return re.escape(piece.text)
    if repeated:
        return rf"(?:\{groups[piece.text]})"
    if not piece.width:
        return f"({CODE})"
    letters = "[0-9A-Z]" if piece.kind == CHECK else "[0-9]"
    wider = f"|[1-9][0-9]{{{piece.width},}}" if piece.widens else ""
    return f"({letters}{{{piece.width}}}{wider})"


def misfit(pieces: Sequence[Piece], text: str) -> int:
    """Return where ``text`` stops following ``pieces``, as an index."""
    position = 0
    for end in range(1, len(pieces) + 1):
        match = re.match(regex(pieces[:end]), text)
        if not match:
            break
        position = match.end()
    return position

"""What a consignee tells: whether it can be so, and who still has to.

>>> problems_of(Line(shipped=10, returned=12))
[Problem(kind='too_much', field='', quantity=2.0)]
>>> lines = [Standing("Dairy", "L1", 40, has_answered=True), Standing("Dairy", "L2", 9)]
>>> replies_of(lines)
{'Dairy': 'partial'}
>>> [line.lot for line in waiting(lines)]
['L2']
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from math import isfinite
from typing import Final, Literal, NamedTuple

from .balance import Line, is_none

#: What people tell of a line; what was shipped is ours to know.
TOLD: Final = (
    "on_hand",
    "used",
    "used_before",
    "passed_on",
    "returned",
    "destroyed",
    "corrected",
)


class Problem(NamedTuple):
    """Why an answer is refused on the page; of ``too_much``, staff may accept it."""

    kind: Literal[
        "no_number", "negative", "too_much", "before_is_more", "no_correction", "no_day"
    ]
    #: of what was told; empty where it is the sum
    field: str
    #: of ``too_much`` and ``before_is_more``, by how much
    quantity: float = 0.0


def problems_of(line: Line) -> list[Problem]:
    """Return all that cannot be in an answer, in the order of the fields.

    >>> problems_of(Line(10, on_hand=-1, used=float("nan")))
    [Problem(kind='negative', field='on_hand', quantity=0.0), \
Problem(kind='no_number', field='used', quantity=0.0)]
    """
    problems = []
    for field in TOLD:
        quantity = getattr(line, field)
        if not isfinite(quantity):
            problems.append(Problem("no_number", field))
        elif quantity < 0:
            problems.append(Problem("negative", field))
    if problems:
        return problems
    before = line.used_before - line.used
    if before > 0 and not is_none(before):
        problems.append(Problem("before_is_more", "used_before", before))
    if line.excess:
        problems.append(Problem("too_much", "", line.excess))
    return problems


class Standing(NamedTuple):
    """How far a consignee has come with one batch."""

    consignee: Hashable
    lot: Hashable
    #: how much our documents say was delivered
    delivered: float
    has_answered: bool = False
    #: says that it is none of theirs
    has_declined: bool = False
    #: given up with a reason
    is_waived: bool = False
    unaccounted: float = 0.0

    @property
    def state(self) -> Literal["waiting", "dispute", "open", "closed"]:
        """Return where the line stands.

        Who declines what our documents say was delivered is in dispute with us, until
        that is waived or answered otherwise.

        >>> Standing("Dairy", "L2", 9, has_declined=True).state
        'dispute'
        >>> Standing("Dairy", "L2", 0, has_declined=True).state
        'closed'
        """
        if self.is_waived:
            return "closed"
        if self.has_declined:
            return "closed" if is_none(self.delivered) else "dispute"
        if not self.has_answered:
            return "waiting"
        return "closed" if is_none(self.unaccounted) else "open"


Reply = Literal["none", "partial", "complete"]


def replies_of(lines: Iterable[Standing]) -> dict[Hashable, Reply]:
    """Return ``{consignee: whether all, some or none of its batches are answered}``."""
    answered: dict[Hashable, set[bool]] = defaultdict(set)
    for line in lines:
        answered[line.consignee].add(line.state != "waiting")
    names: dict[frozenset[bool], Reply] = {
        frozenset({True}): "complete",
        frozenset({False}): "none",
        frozenset({True, False}): "partial",
    }
    return {who: names[frozenset(kinds)] for who, kinds in answered.items()}


def waiting(lines: Iterable[Standing]) -> list[Standing]:
    """Return the lines that nobody has answered: what is asked again."""
    return [line for line in lines if line.state == "waiting"]

"""What flows among lots on cycles together: along each way that meets no lot twice.

The lots are taken apart where they hang together by one lot alone (``blocks.py``). A
way that has left a part by that lot does not come back by it; so what comes out of a
part is found once, and what goes into it after that.

What is found is right where a part has no more than ``MOST_WAYS`` ways: rings of any
length, all parts of up to eight lots. Ways cannot be added up otherwise than one by one
(counting those of a graph is as hard as any counting), so of denser parts a bound is
found: no less than along the ways that meet no lot twice, and no more than along all
ways of fewer steps than there are lots, of which, in parts that are not too large, none
steps straight back. Solving the flow as equations would add the ways that go around for
ever, and be higher.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import inf

from .blocks import blocks
from .held import MOST, Held
from .order import Lot
from .steps import Step

#: Ways of one part that meet no lot twice: up to so many, each of them counts. Eight
#: lots have no more, however dense they are. The same in both directions.
MOST_WAYS = 110_000
#: Where there are more of them, every way counts that is no longer than one that meets
#: no lot twice can be. So many steps are taken; where that is not enough, all that
#: there is may be in each lot.
MOST_TAKEN = 3_000_000

Inner = Mapping[Lot, list[Step]]


def flow_around(inner: Inner, held: Mapping[Lot, Held]) -> None:
    """Let what lots on cycles together hold flow among themselves.

    :param inner: ``{lot: its steps to others of them}``
    :param held: what has flowed in from elsewhere; changed
    """
    near: dict[Lot, set[Lot]] = {lot: set() for lot in inner}
    for lot, steps in inner.items():
        for step in steps:
            near[lot].add(step.target)
            near[step.target].add(lot)
    parts = [_Part(block, inner) for block in blocks(near, next(iter(inner)))]
    # What comes out of each, towards the root.
    up: dict[Lot, dict[int, Held]] = defaultdict(dict)
    for number, part in enumerate(parts):
        entered = {
            lot: Held().add_all([held[lot], *up[lot].values()]) for lot in part.below
        }
        out = part.flow(entered).get(part.top)
        if out and not out.is_empty():
            up[part.top][number] = out
    # What comes into each by its top: all but what has come out of it.
    down: dict[Lot, Held] = {}
    for number, part in reversed(list(enumerate(parts))):
        beside = [out for other, out in up[part.top].items() if other != number]
        above = [down[part.top]] if part.top in down else []
        entered = {
            lot: Held().add_all([held[lot], *up[lot].values()]) for lot in part.below
        }
        entered[part.top] = Held().add_all([held[part.top], *above, *beside])
        into = part.flow(entered)
        down.update((lot, into[lot]) for lot in part.below if lot in into)
    for lot in inner:
        above = [down[lot]] if lot in down else []
        held[lot].add_all([*up[lot].values(), *above])


class _Part:
    """Lots that hang together by more than one, or two that went into each other."""

    def __init__(self, block: list[Lot], inner: Inner) -> None:
        *self.below, self.top = block
        among = set(block)
        # The top may have many more neighbours than there are here.
        here = {step.target: step for step in inner[self.top] if step.target in among}
        self.inner = {
            lot: [step for step in inner[lot] if step.target in among]
            for lot in self.below
        }
        self.inner[self.top] = list(here.values())

    def flow(self, entered: Mapping[Lot, Held]) -> dict[Lot, Held]:
        """Return what flows into each lot of this part from the others of it."""
        starts = {lot: each for lot, each in entered.items() if not each.is_empty()}
        if not starts:
            return {}
        if _has_few_ways(self.inner):
            return _by_ways(self.inner, starts)
        return _by_rounds(self.inner, starts)


def _has_few_ways(inner: Inner) -> bool:
    """Tell whether a part has few enough ways to go along each, from all of its lots.

    From all of them, wherever something flows in: both directions are to agree.
    """
    count = 0
    for start in inner:
        way, walk = {start: None}, [iter(inner[start])]
        while walk:
            step = next(walk[-1], None)
            if step is None:
                walk.pop()
                way.popitem()
            elif step.target not in way:
                count += 1
                if count > MOST_WAYS:
                    return False
                way[step.target] = None
                walk.append(iter(inner[step.target]))
    return True


def _by_ways(inner: Inner, starts: Mapping[Lot, Held]) -> dict[Lot, Held]:
    """Flow along each way that meets no lot twice."""
    found: dict[Lot, Held] = defaultdict(Held)
    ways: list[tuple[tuple[Lot, ...], Held]] = [
        ((lot,), held) for lot, held in starts.items()
    ]
    while ways:
        met, flow = ways.pop()
        for step in inner[met[-1]]:
            if step.target not in met:
                amounts = flow.take(step)
                found[step.target].add(*amounts)
                further = Held()
                further.add(*amounts)
                ways.append(((*met, step.target), further))
    return found


#: Where something is, and from where it came; None where that is not kept.
At = tuple[Lot | None, Lot]


def _by_rounds(inner: Inner, starts: Mapping[Lot, Held]) -> dict[Lot, Held]:
    """Flow along every way, hop by hop: rather too much than too little.

    There are too many ways to tell those that meet a lot twice from the others. From
    each start for itself, and not into that again: so both directions agree.
    """
    found: dict[Lot, Held] = defaultdict(Held)
    may_turn = not _can_keep_before(inner)
    left = MOST_TAKEN
    for start, held in starts.items():
        flowing: Mapping[At, Held] = {(None, start): held}
        for _round in range(len(inner) - 1):
            left -= sum(len(inner[lot]) for _before, lot in flowing)
            if left < 0:
                return _anywhere(inner, found)
            flowing = _next_round(inner, flowing, may_turn)
            for (_before, lot), further in flowing.items():
                if lot != start:
                    found[lot].add_all([further])
    return found


def _can_keep_before(inner: Inner) -> bool:
    """Tell whether it is affordable to know of all that flows where it came from."""
    into: dict[Lot, int] = defaultdict(int)
    for steps in inner.values():
        for step in steps:
            into[step.target] += 1
    turns = sum(into[lot] * len(steps) for lot, steps in inner.items())
    return turns * len(inner) ** 2 <= MOST_TAKEN


def _next_round(
    inner: Inner, flowing: Mapping[At, Held], may_turn: bool
) -> dict[At, Held]:
    further: dict[At, Held] = defaultdict(Held)
    for (before, lot), held in flowing.items():
        for step in inner[lot]:
            if may_turn or step.target != before:
                at = (None if may_turn else lot, step.target)
                further[at].add(*held.take(step))
    return further


def _anywhere(inner: Inner, found: dict[Lot, Held]) -> dict[Lot, Held]:
    """Let every lot hold all that there is: what is certain is certain all the same."""
    for lot in inner:
        found[lot].add(-inf, 0.0, MOST, MOST)
    return found

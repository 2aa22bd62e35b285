"""What one use was made into side by side counts once where it meets again.

Whey and curd are both made of all the milk, each of 4 litres. The cheese that both go
into holds 4 litres of it, and not 8:

>>> from .path_quantity import path_quantities
>>> from .steps import Hop, steps_of
>>> made = [Hop("milk", "whey", 4, 4, 4), Hop("milk", "curd", 4, 4, 4)]
>>> used = [Hop("whey", "cheese", 5, 5, 5), Hop("curd", "cheese", 9, 9, 9)]
>>> totals = {"milk": 10, "whey": 5, "curd": 9, "cheese": 7}
>>> all_of_it = (1.0, 1.0, 1.0)
>>> use = Use("milk", 4.0, {"whey": all_of_it, "curd": all_of_it})
>>> twice = counted_twice([use], made + used, totals)
>>> [(hop.parent, hop.child, hop.quantity) for hop in twice]
[('milk', 'cheese', -4.0)]
>>> steps = steps_of(made + used, totals)
>>> path_quantities(["milk"], steps, totals, less=steps_of(twice, totals))["cheese"]
Reached(depth=2, certain=4.0, proportional=4.0, worst=4.0)
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .held import Held
from .order import Lot, depths, in_order
from .path_quantity import flow
from .steps import Hop, Step, leaving_of, steps_of

Amounts = tuple[float, float, float]
#: Less than this is rounding.
TINY = 1e-9


class Use(NamedTuple):
    """What was used at once of a lot, and made into lots of several products."""

    parent: Lot
    #: in the parent's unit
    quantity: float
    #: {child: its share of the quantity: certain, proportional, at worst}; those of one
    #: product add up to 1, so that all of them add up to more
    shares: Mapping[Lot, Amounts]


def counted_twice(
    uses: Iterable[Use], hops: Iterable[Hop], totals: Mapping[Lot, float | None]
) -> list[Hop]:
    """Return hops of less than nothing: from a parent to where too much of it met.

    What ``path_quantities`` finds with them is not more than was used. They are the
    same whichever way it walks. Where a use takes part in a cycle, nothing is taken
    off: rather too much than too little.

    :param uses: each of a parent and of children that ``hops`` join
    :param hops: at most one per pair of lots
    :param totals: see ``path_quantities``
    """
    hops = [hop for hop in hops if hop.parent != hop.child]
    pairs = {(hop.parent, hop.child): hop for hop in hops}
    ways = _Ways(steps_of(hops, totals))
    alike: dict[frozenset[tuple[Lot, Amounts]], dict[Lot, float]] = {}
    for use in uses:
        if ways.on_cycles.intersection([use.parent, *use.shares]):
            continue
        parents = alike.setdefault(frozenset(use.shares.items()), {})
        parents[use.parent] = parents.get(use.parent, 0.0) + use.quantity
    taken_off = []
    # What is made last comes first: what met again behind it counts once by then.
    for shares, parents in ways.that_meet(alike):
        found = ways.too_much(dict(shares), parents, pairs)
        for parent, quantity in parents.items():
            made_of_it = [pairs[parent, child] for child, _share in shares]
            less = _less(made_of_it, quantity, totals.get(parent) or 0.0, found)
            taken_off.extend(less)
            ways.leaving[parent].extend(steps_of(less, totals))
    return taken_off


def _less(
    made_of_it: list[Hop],
    quantity: float,
    whole: float,
    found: Mapping[Lot, tuple[Amounts, float]],
) -> list[Hop]:
    """Return the hops that take ``found`` off one parent.

    :param whole: how much there has been of it: no more than that goes anywhere
    """
    most = max(hop.quantity for hop in made_of_it)
    if most > whole:
        quantity *= whole / most
    parent, used = made_of_it[0].parent, min(h.certain_dates[1] for h in made_of_it)
    return [
        Hop(
            parent,
            lot,
            quantity=-quantity * proportional,
            exact=-quantity * certain,
            most=-quantity * worst,
            made=latest,
            used=used,
        )
        for lot, ((certain, proportional, worst), latest) in found.items()
    ]


class _Ways:
    """All ways down from what was made side by side."""

    def __init__(self, steps: list[Step]) -> None:
        self.leaving = leaving_of(steps)
        following = self.following()
        lots = {lot for step in steps for lot in (step.source, step.target)}
        groups = in_order(lots, following)
        self.on_cycles = {lot for of in groups if len(of) > 1 for lot in of}
        self.place = {lot: place for place, of in enumerate(groups) for lot in of}

    def following(self) -> dict[Lot, list[Lot]]:
        return {
            lot: [step.target for step in steps] for lot, steps in self.leaving.items()
        }

    def that_meet(
        self, alike: Mapping[frozenset[tuple[Lot, Amounts]], dict[Lot, float]]
    ) -> list[tuple[frozenset[tuple[Lot, Amounts]], dict[Lot, float]]]:
        """Return those of which two ways lead to one lot, the last made first."""
        every = list(alike.items())
        reaching: dict[Lot, int] = defaultdict(int)
        for number, (shares, _parents) in enumerate(every):
            for child, _share in shares:
                reaching[child] |= 1 << number
        meeting = 0
        for lot in sorted(self.place, key=self.place.__getitem__):
            for step in self.leaving.get(lot, ()):
                meeting |= reaching[step.target] & reaching[lot]
                reaching[step.target] |= reaching[lot]
        found = [use for number, use in enumerate(every) if meeting >> number & 1]
        return sorted(
            found, key=lambda use: -min(self.place[child] for child, _share in use[0])
        )

    def too_much(
        self,
        shares: Mapping[Lot, Amounts],
        parents: Iterable[Lot],
        pairs: Mapping[tuple[Lot, Lot], Hop],
    ) -> dict[Lot, tuple[Amounts, float]]:
        """Return where too much of a use meets.

        :return: ``{lot: (what is more than all of it, since when)}``
        """
        depth = depths(
            shares, ((lot, to) for lot, of in self.following().items() for to in of)
        )
        held = {lot: Held() for lot in depth}
        for child, amounts in shares.items():
            made = max(pairs[parent, child].certain_dates[0] for parent in parents)
            held[child].add(made, *amounts)
        found = {}

        def settle(lot: Lot) -> None:
            whole = held[lot]
            certain, proportional, worst = (
                max(0.0, amount - 1.0)
                for amount in (whole.certain, whole.proportional, whole.worst)
            )
            if max(certain, proportional, worst) > TINY:
                latest = whole.latest
                found[lot] = (certain, proportional, worst), latest
                whole.add(latest, -certain, -proportional, -worst)

        flow(depth, self.leaving, held, settle)
        return found

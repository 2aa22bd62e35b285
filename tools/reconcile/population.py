"""Who is checked: everybody once, in an order that a kept seed decides.

>>> rows = [
...     Recipient("shop 1", "chain", answers_for="head office"),
...     Recipient("shop 2", "chain", answers_for="head office"),
...     Recipient("ward", "clinic", stratum="hospital"),
... ]
>>> [member.key for member in population_of(rows)]
['clinic', 'head office']
>>> [member.key for member in draw(population_of(rows), 1, seed=7)]
['clinic']
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import NamedTuple


class Recipient(NamedTuple):
    """One line of a list of consignees: the same one may be on many lines."""

    #: the address that had goods
    site: str
    #: whom the address belongs to
    company: str
    #: a kind of consignee that is drawn apart, as hospitals or schools
    stratum: str = ""
    #: who answers once for all of them, as the head office of a chain
    answers_for: str = ""


class Member(NamedTuple):
    """One consignee of the population."""

    key: str
    stratum: str
    #: where the goods went, in the order of their names
    sites: tuple[str, ...]


def population_of(
    recipients: Iterable[Recipient], by_site: bool = False
) -> list[Member]:
    """Return every consignee once, in the order of their keys.

    Who belongs to two strata is in the first of them by name; any is before none.

    :param by_site: whether each address is one consignee, else each company is; who
        has somebody to answer for them counts there
    """
    sites: dict[str, set[str]] = defaultdict(set)
    strata: dict[str, set[str]] = defaultdict(set)
    for row in recipients:
        key = row.answers_for or (row.site if by_site else row.company or row.site)
        sites[key].add(row.site)
        if row.stratum:
            strata[key].add(row.stratum)
    return [
        Member(key, min(strata[key], default=""), tuple(sorted(sites[key])))
        for key in sorted(sites)
    ]


def draw(members: Iterable[Member], count: int, seed: int | str) -> list[Member]:
    """Return so many members, drawn by chance, in the order they were drawn.

    Everybody gets a number that depends on the seed and on the own key alone, and the
    lowest win. So the same seed draws the same on every machine, a longer draw begins
    with the shorter one, and who joins later moves nobody else.

    :param count: all of them, if there are fewer
    :raise ValueError: if ``count`` is negative
    """
    if count < 0:
        raise ValueError(f"{count} cannot be drawn.")
    numbered = sorted((_number(seed, member.key), member) for member in members)
    return [member for _number, member in numbered[:count]]


def _number(seed: int | str, key: str) -> float:
    return Random(f"{seed}/{key}").random()


def draw_strata(
    members: Sequence[Member], counts: Mapping[str, int], seed: int | str
) -> list[Member]:
    """Return so many members of each stratum; of one that is not named, none."""
    return [
        member
        for stratum in sorted(counts)
        for member in draw(
            (m for m in members if m.stratum == stratum), counts[stratum], seed
        )
    ]


def spread(count: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Return how many of ``count`` checks each stratum gets, by its size.

    What division leaves goes to the largest remainders. Every stratum that has anybody
    gets one, as long as there are enough.

    :param sizes: ``{stratum: members}``

    >>> spread(10, {"": 90, "hospital": 7, "school": 3})
    {'': 8, 'hospital': 1, 'school': 1}
    >>> spread(5, {"": 3, "school": 0})
    {'': 3, 'school': 0}
    """
    count = min(count, sum(sizes.values()))
    found = _by_size(count, sizes)
    there = [stratum for stratum, size in sizes.items() if size]
    for stratum in there if count >= len(there) else ():
        if not found[stratum]:
            found[max(there, key=lambda s: found[s])] -= 1
            found[stratum] = 1
    return found


def _by_size(count: int, sizes: Mapping[str, int]) -> dict[str, int]:
    whole = sum(sizes.values())
    if not whole:
        return dict.fromkeys(sizes, 0)
    exact = {s: Fraction(count * size, whole) for s, size in sizes.items()}
    found = {stratum: int(share) for stratum, share in exact.items()}
    remainders = sorted(exact, key=lambda s: (found[s] - exact[s], s))
    for stratum in remainders[: count - sum(found.values())]:
        found[stratum] += 1
    return found

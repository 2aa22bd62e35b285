"""What bad batches have in common that good ones have not: cases and controls.

>>> table = Table(6, 4, 2, 88)
>>> table.odds_ratio, round(table.lift, 1), f"{fisher(table):.3e}"
(66.0, 7.5, '4.578e-06')
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import NamedTuple, TypeVar

from .distributions import log_choose

Suspect = TypeVar("Suspect", bound=Hashable)


class Table(NamedTuple):
    """Finished batches by whether they are bad, and hold the suspect.

    Batches are counted, not units: those of one batch share its fate.
    """

    bad_with: int
    good_with: int
    bad_without: int
    good_without: int

    @property
    def odds_ratio(self) -> float | None:
        """Return how many times higher the odds are with it; None without a case."""
        above = self.bad_with * self.good_without
        below = self.good_with * self.bad_without
        if below:
            return above / below
        return inf if above else None

    @property
    def relative_risk(self) -> float | None:
        without = self.bad_without + self.good_without
        if not self.bad_without or not self.holding:
            return None
        return (self.bad_with / self.holding) / (self.bad_without / without)

    @property
    def holding(self) -> int:
        return self.bad_with + self.good_with

    @property
    def bad(self) -> int:
        return self.bad_with + self.bad_without

    @property
    def lift(self) -> float:
        """Return how many times more often those with it are bad than all are."""
        if not self.holding or not self.bad:
            return 0.0
        return (self.bad_with / self.holding) / (self.bad / sum(self))

    @property
    def coverage(self) -> float:
        """Return the share of the bad ones that hold it."""
        return self.bad_with / self.bad if self.bad else 0.0


def odds_interval(table: Table, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the odds ratio to show, and from where to where it may be.

    Half a batch is added to each cell (Haldane, Anscombe), so that none is without.

    >>> [round(figure, 4) for figure in odds_interval(Table(6, 4, 2, 88))]
    [51.1333, 8.9826, 291.0765]
    """
    a, b, c, d = (count + 0.5 for count in table)
    ratio = a * d / (b * c)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    half = z * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return ratio, ratio * exp(-half), ratio * exp(half)


def fisher(table: Table) -> float:
    """Return the chance that so many bad ones or more hold it by accident."""
    whole, holding, bad = sum(table), table.holding, table.bad
    all_ways = log_choose(whole, bad)
    return min(
        1.0,
        sum(
            exp(
                log_choose(holding, count)
                + log_choose(whole - holding, bad - count)
                - all_ways
            )
            for count in range(table.bad_with, min(holding, bad) + 1)
            if bad - count <= whole - holding
        ),
    )


def mantel_haenszel(tables: Iterable[Table]) -> tuple[float | None, float]:
    """Return the odds ratio over strata such as products, and its chance by accident.

    Within a stratum only: an ingredient of a bad recipe is not blamed for the recipe.

    :return: ratio, None without a case and inf without a control; one-sided chance by
        the normal curve, with half a batch of correction; 1 where nothing is told

    >>> ratio, chance = mantel_haenszel([Table(6, 4, 2, 88)] * 2)
    >>> ratio, chance < 1e-10
    (66.0, True)
    """
    above = below = observed = expected = variance = 0.0
    for table in tables:
        whole = sum(table)
        if whole < 2:  # noqa: PLR2004
            continue
        above += table.bad_with * table.good_without / whole
        below += table.good_with * table.bad_without / whole
        with_it, bad = table.holding, table.bad
        observed += table.bad_with
        expected += with_it * bad / whole
        rest = (whole - with_it) * (whole - bad)
        variance += with_it * bad * rest / (whole * whole * (whole - 1))
    ratio = above / below if below else (inf if above else None)
    if not variance:
        return ratio, 1.0
    z = max(0.0, observed - expected - 0.5) / sqrt(variance)
    return ratio, NormalDist().cdf(-z) if observed > expected else 1.0


def discovery_rates(
    chances: Sequence[float], *, dependent: bool = False
) -> list[float]:
    """Return each chance, made right for how many suspects were looked at.

    Of those below a limit, no more than that share is blamed wrongly (Benjamini and
    Hochberg); with ``dependent`` also where suspects overlap in any way (Yekutieli).

    >>> discovery_rates([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    count = len(chances)
    factor = sum(1 / place for place in range(1, count + 1)) if dependent else 1.0
    adjusted, least = [1.0] * count, 1.0
    order = sorted(range(count), key=lambda number: chances[number], reverse=True)
    for rank, number in zip(range(count, 0, -1), order, strict=True):
        least = min(least, chances[number] * count * factor / rank)
        adjusted[number] = least
    return adjusted


def holm(chances: Sequence[float]) -> list[float]:
    """Return each chance so that not even one is blamed wrongly.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    count, highest = len(chances), 0.0
    adjusted = [0.0] * count
    order = sorted(range(count), key=lambda number: chances[number])
    for place, number in enumerate(order):
        highest = max(highest, min(1.0, chances[number] * (count - place)))
        adjusted[number] = highest
    return adjusted


def inseparable(
    holders: Mapping[Suspect, AbstractSet[Hashable]],
) -> list[list[Suspect]]:
    """Return groups of suspects that are in exactly the same batches.

    Nothing in these records can tell one of a group from another.

    >>> inseparable({"salt": {1, 2}, "flour": {1, 2}, "oil": {2}})
    [['salt', 'flour'], ['oil']]
    """
    groups: dict[frozenset[Hashable], list[Suspect]] = defaultdict(list)
    for suspect, batches in holders.items():
        groups[frozenset(batches)].append(suspect)
    return list(groups.values())


def log_likelihood(
    shares: Mapping[Hashable, float],
    cases: Mapping[Hashable, float],
    leakage: float = 0.01,
) -> float:
    """Return how well a source explains where the cases are, as a logarithm.

    :param shares: of the source, that ended at each place; they add up to 1 at most
    :param cases: how many there are at each place
    :param leakage: share that may have come in another way: one wrong record must not
        acquit who did it

    >>> shares, cases = {"x": 0.5, "y": 0.4, "z": 0.1}, {"x": 6, "y": 3, "z": 1}
    >>> round(log_likelihood(shares, cases, leakage=0), 6)
    -9.21034
    """
    places = len(cases)
    total = 0.0
    for place, count in cases.items():
        share = (1 - leakage) * shares.get(place, 0.0) + leakage / places
        if count:
            total += count * log(share) if share else -inf
    return total


def posteriors(logs: Mapping[Suspect, float]) -> dict[Suspect, float]:
    """Return the chance of each suspect, all being alike beforehand.

    >>> chances = posteriors({"s1": -9.210340, "s2": -13.961693})
    >>> round(chances["s1"], 6)
    0.991434
    """
    highest = max(logs.values(), default=-inf)
    if highest == -inf:
        return dict.fromkeys(logs, 0.0)
    weights = {suspect: exp(value - highest) for suspect, value in logs.items()}
    whole = sum(weights.values())
    return {suspect: weight / whole for suspect, weight in weights.items()}

"""Scores of who passed goods on, as FoodChain-Lab reckons them on its own graphs.

Re-implemented from its published formula: a station or delivery scores the weights
that are reachable from it, beside all weights of that sign.

>>> ways = {"S1": ["A1"], "A1": ["R1", "R2"]}
>>> ways |= {"S2": ["A2", "B"], "A2": ["R2"], "B": ["R3"]}
>>> cases = {"R1": 1, "R2": 1, "R3": 1}
>>> found = scores(ways, cases)
>>> [round(found[node], 4) for node in ("S1", "S2", "B")]
[0.6667, 0.6667, 0.3333]
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Literal, TypeVar

Node = TypeVar("Node", bound=Hashable)


def scores(
    ways: Mapping[Node, Sequence[Node]],
    weights: Mapping[Node, float],
    which: Literal["combined", "positive", "negative"] = "combined",
) -> dict[Node, float]:
    """Return the score of each node.

    :param ways: ``{node: those it went to}``
    :param weights: of cases above 0, of those known to be good below
    :param which: beside the larger of both sums of weights, or beside one of them
    :return: 0 for all where there is no weight
    """
    positive = sum(weight for weight in weights.values() if weight > 0)
    negative = sum(-weight for weight in weights.values() if weight < 0)
    whole = {
        "combined": max(positive, negative),
        "positive": positive,
        "negative": negative,
    }[which]
    nodes = dict.fromkeys([*ways, *(to for each in ways.values() for to in each)])
    nodes |= dict.fromkeys(weights)
    if not whole:
        return dict.fromkeys(nodes, 0.0)
    return {
        node: sum(weights.get(each, 0.0) for each in _reachable(ways, node)) / whole
        for node in nodes
    }


def _reachable(ways: Mapping[Node, Sequence[Node]], start: Node) -> set[Node]:
    """Return a node and all that it leads to; cycles come round once."""
    found, left = {start}, [start]
    while left:
        for node in ways.get(left.pop(), ()):
            if node not in found:
                found.add(node)
                left.append(node)
    return found

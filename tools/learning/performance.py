"""How suppliers deliver, and what a production made of what it was given.

>>> lines = [(True, True)] * 85 + [(True, False)] * 7 + [(False, True)] * 5
>>> on_time_in_full(lines + [(False, False)] * 3)
0.85
>>> result = yield_of(cost=5000, standard=970, actual=960)
>>> [round(figure, 6) for figure in result]
[5.154639, 5.208333, -51.546392]
"""

from collections.abc import Sequence
from typing import NamedTuple


def on_time_in_full(lines: Sequence[tuple[bool, bool]]) -> float | None:
    """Return the share of lines that came on time *and* in full.

    The mean of both shares would be too good: a line that fails either has failed.

    :param lines: ``(on time, in full)``
    :return: None without any line
    """
    if not lines:
        return None
    return sum(on_time and in_full for on_time, in_full in lines) / len(lines)


class Yield(NamedTuple):
    """What a unit should have cost and did, and what the difference in output is worth.

    A loss is below 0.
    """

    standard_cost: float
    actual_cost: float
    variance: float


def yield_of(cost: float, standard: float, actual: float) -> Yield:
    """Return what the yield of a production was worth.

    :param cost: of all that went into it
    :param standard: output that was to be expected of it
    :param actual: good output
    :raise ValueError: without an output nothing can be said of a unit
    """
    if standard <= 0 or actual <= 0:
        raise ValueError(f"An output is above 0, not {min(standard, actual)}.")
    unit = cost / standard
    return Yield(unit, cost / actual, (actual - standard) * unit)

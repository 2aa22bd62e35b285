"""What will not be sold in time, batch after batch in the order in which they leave.

>>> stock = [Stock(40, days=6), Stock(30, days=10)]
>>> left_over(stock, per_day=5)
[10.0, 10.0]
"""

from collections.abc import Sequence
from math import ceil, exp, isfinite, log
from typing import NamedTuple


class Stock(NamedTuple):
    """A batch: how much there is, and how many days it can still be sold."""

    quantity: float
    days: float


def left_over(stock: Sequence[Stock], per_day: float) -> list[float]:
    """Return how much of each batch is left when its time is up.

    :param stock: in the order in which they leave
    :param per_day: demand, the same each day; without any, all of it is left
    :raise ValueError: if demand is no number, or negative

    >>> goods = [Stock(24, 2), Stock(24, 5), Stock(60, 9)]
    >>> left_over(goods, 8), left_over([goods[1], goods[0], goods[2]], 8)
    ([8.0, 0.0, 28.0], [0.0, 24.0, 12.0])
    """
    if not isfinite(per_day) or per_day < 0:
        raise ValueError(f"{per_day} is no demand.")
    left, elapsed = [], 0.0
    for batch in stock:
        most = max(0.0, batch.days - elapsed) * per_day
        sold = min(max(0.0, batch.quantity), most)
        left.append(float(batch.quantity - sold))
        elapsed += sold / per_day if per_day else 0.0
    return left


def expected_left_over(quantity: float, demand: float) -> float:
    """Return how much of one batch is left on average where buyers come by chance.

    The sum of (q - k) · P(k) over all k below q, P of Poisson.

    :param quantity: pieces; parts of one count as much
    :param demand: until its time is up
    :raise ValueError: if demand is no number, or negative

    >>> round(expected_left_over(1, 1), 6), expected_left_over(7, 0)
    (0.367879, 7.0)
    """
    if not isfinite(demand) or demand < 0:
        raise ValueError(f"{demand} is no demand.")
    if quantity <= 0:
        return 0.0
    if not demand:
        return float(quantity)
    total, log_chance = 0.0, -demand
    for count in range(ceil(quantity)):
        if count:
            log_chance += log(demand) - log(count)
        total += (quantity - count) * exp(log_chance)
    return total

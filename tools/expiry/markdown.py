"""What to ask for goods that must be sold in time.

Two models of demand: it falls by the same share with each unit of price (exponential),
or by the same percent with each percent of price (constant elasticity). And the price
of the last pieces where buyers come by chance (Gallego & van Ryzin 1994).

>>> exponential_price(buyers=100, sensitivity=0.5, days=5, stock=200)
2.0
>>> round(elastic_price(price=4, sales=5, elasticity=2, days=4, stock=40), 4)
2.8284
"""

from math import exp, isfinite, lgamma, log


def exponential_price(
    buyers: float,
    sensitivity: float,
    days: float,
    stock: float,
    salvage: float = 0.0,
) -> float:
    """Return the best price where demand is ``buyers · exp(-sensitivity · price)``.

    It clears the stock, or is higher where throwing some away earns more. Never below
    what is got for the rest.

    :param buyers: a day, who would take it for nothing
    :param sensitivity: above 0
    :param days: left to sell
    :param salvage: got for what is left over, each; below 0 where disposal costs
    :raise ValueError: for a value that cannot be

    >>> exponential_price(100, 0.5, 5, 400, salvage=0.4)
    2.4
    """
    clearing = clearing_price(buyers, sensitivity, days, stock)
    return max(salvage + 1 / sensitivity, clearing)


def clearing_price(
    buyers: float, sensitivity: float, days: float, stock: float
) -> float:
    """Return the price at which an exponential demand takes all of the stock.

    >>> [round(clearing_price(100, 0.5, 5, stock), 4) for stock in (100, 200, 400)]
    [3.2189, 1.8326, 0.4463]
    """
    _check_positive(buyers=buyers, sensitivity=sensitivity, days=days, stock=stock)
    return log(buyers * days / stock) / sensitivity


def elastic_price(
    price: float,
    sales: float,
    elasticity: float,
    days: float,
    stock: float,
    *,
    salvage: float = 0.0,
) -> float:
    """Return the price that clears the stock at a constant elasticity.

    Never above today's price, and not below the price that is best for who may keep
    some: ``salvage · elasticity / (elasticity - 1)``, where demand is elastic.

    :param price: today's
    :param sales: a day, at today's price
    :param elasticity: percent more sold for each percent less, above 0
    :raise ValueError: for a value that cannot be

    >>> elastic_price(price=4, sales=5, elasticity=2, days=4, stock=20)
    4.0
    """
    _check_positive(
        price=price, sales=sales, elasticity=elasticity, days=days, stock=stock
    )
    clearing = price * (stock / (sales * days)) ** (-1 / elasticity)
    floor = salvage * elasticity / (elasticity - 1) if elasticity > 1 else salvage
    return float(min(price, max(clearing, floor)))


def discount(price: float, reduced: float) -> float:
    """Return how many percent less a reduced price is.

    >>> round(discount(4, 2.8284), 2)
    29.29
    """
    _check_positive(price=price)
    return 100 * (1 - reduced / price)


def price_by_chance(pieces: int, buyers: float) -> float:
    """Return the best price of the next piece where buyers come by chance.

    :param pieces: left
    :param buyers: who would come in the time left if it cost nothing
    :return: in units in which one more makes ``e`` times fewer buy
    :raise ValueError: without a piece or a buyer

    >>> cases = (1, 2), (1, 10), (5, 10), (20, 10)
    >>> [round(price_by_chance(*case), 6) for case in cases]
    [1.551445, 2.54304, 1.186573, 1.0]
    """
    _check_positive(buyers=buyers)
    if pieces < 1:
        raise ValueError(f"{pieces} pieces have no price.")
    return _revenue(pieces, buyers) - _revenue(pieces - 1, buyers) + 1


def _revenue(pieces: int, buyers: float) -> float:
    """Return J(n, t) of Gallego & van Ryzin: what so many pieces will bring."""
    logs = [
        count * (log(buyers) - 1) - lgamma(count + 1) for count in range(pieces + 1)
    ]
    highest = max(logs)
    return highest + log(sum(exp(each - highest) for each in logs))


def _check_positive(**values: float) -> None:
    for name, value in values.items():
        if not isfinite(value) or value <= 0:
            raise ValueError(f"{name} must be above 0, not {value}.")

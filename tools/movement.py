"""What a movement of goods is for, judged by where it comes from and goes to.

A disposition permits or forbids *purposes*, never single screens or documents:
whoever moves a lot, by whichever path, moves it for one of these.

>>> purpose_of("internal", "customer")
'deliver'
>>> purpose_of("internal", "production")
'consume'
>>> purpose_of("supplier", "internal") is None
True
>>> purpose_of("supplier", "production")
'consume'
>>> purpose_of("internal", "inventory", counting=True)
'count'
>>> purpose_of("inventory", "customer", counting=True)
'deliver'
"""

DELIVER = "deliver"
CONSUME = "consume"
MOVE = "move"
RETURN = "return"
SCRAP = "scrap"
COUNT = "count"

PURPOSES = (DELIVER, CONSUME, MOVE, RETURN, SCRAP, COUNT)

#: No movement: whether the quantity counts as something to count on.
PLAN = "plan"
#: All that is permitted or forbidden.
USES = (*PURPOSES, PLAN)

#: ``usage`` of the locations where goods are in stock, or on their way inside.
STOCK_USAGES = ("internal", "transit")
#: Where goods of our own may be said to lie; everything else is the outside.
OWN_USAGES = (*STOCK_USAGES, "view")

_OUTWARD = {
    "customer": DELIVER,
    "production": CONSUME,
    "supplier": RETURN,
    "inventory": SCRAP,
}


def purpose_of(source: str, destination: str, *, counting: bool = False) -> str | None:
    """Return the purpose of a movement, or None where nothing needs permission.

    :param source: ``usage`` of the location the goods leave
    :param destination: ``usage`` of the location they go to
    :param counting: True while stock is counted: that is between stock and inventory
        loss, and nothing else
    :return: one of ``PURPOSES``, or None for goods that come in from outside
    """
    if counting and _is_between_stock_and_loss(source, destination):
        return COUNT
    if source not in OWN_USAGES:
        # Goods that come in harm nobody, unless they pass straight on.
        return _OUTWARD.get(destination) if source != destination else None
    return _OUTWARD.get(destination, MOVE)


def _is_between_stock_and_loss(source: str, destination: str) -> bool:
    if source == "inventory":
        return destination in OWN_USAGES
    return destination == "inventory" and source in OWN_USAGES

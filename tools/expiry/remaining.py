"""How much life is left when goods arrive, and whether that is enough.

>>> enough_at_receipt(left=10.4, whole=40, wanted_percent=30)
False
>>> enough_for_customer(days_left=16, transit_days=3, sellable_days=14)
False
"""

from datetime import datetime, timedelta

#: A donation is picked up with so much time left (France, décret 2016-1962).
DONATION = timedelta(hours=48)


def enough_at_receipt(left: float, whole: float, wanted_percent: float) -> bool:
    """Tell whether what a supplier sends lasts as long as was agreed.

    :param left: until its expiration, in any unit
    :param whole: shelf life, in the same unit
    :raise ValueError: without a shelf life there is no share of it
    """
    if whole <= 0:
        raise ValueError("Without a shelf life there is no share of it.")
    return 100 * left >= wanted_percent * whole


def enough_for_customer(
    days_left: float, transit_days: float, sellable_days: float
) -> bool:
    """Tell whether a customer can sell goods as long as they ask, from arrival on."""
    return days_left - transit_days >= sellable_days


def may_be_donated(
    pick_up: datetime, use_by: datetime, *, is_fast: bool = False
) -> bool:
    """Tell whether enough time is left at the pick-up, in hours as clocks count them.

    :param pick_up: naive UTC
    :param use_by: naive UTC, the end of the day on the label
    :param is_fast: the partner hands them on faster, and can show it

    >>> end = datetime(2026, 11, 27, 23)
    >>> may_be_donated(datetime(2026, 11, 25, 22, 30), end)
    True
    >>> may_be_donated(datetime(2026, 11, 25, 23, 30), end)
    False
    """
    left = use_by - pick_up
    return left > timedelta(0) if is_fast else left >= DONATION

"""What an operation takes, and what it makes of that. Quantities are in the unit of
the product of the respective lot; records are of Odoo's models."""

from typing import Any, NamedTuple


class Taken(NamedTuple):
    """Goods that lie somewhere: what an operation takes."""

    lot: Any
    location: Any
    quantity: float
    package: Any = None
    owner: Any = None


class Part(NamedTuple):
    """One of the lots that a split makes."""

    #: its number; None or empty: by the product's pattern
    name: str
    quantity: float


class Step(NamedTuple):
    """What is taken, and the one lot that is made of it."""

    #: list of ``Taken``
    taken: list
    lot: Any
    location: Any
    quantity: float
    package: Any = None
    owner: Any = None

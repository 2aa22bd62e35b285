"""What a trace knows of partners: goods that came or go by one document."""

from typing import NamedTuple

DELIVERED = "delivered"
CONSIGNED = "consigned"
SUPPLIED = "supplied"
RESERVED = "reserved"
WAITING = "waiting"
GAP_BACK, GAP_FORWARD = "gap_back", "gap_forward"
#: What is known of the past; reservations are only known as of now.
PAST = (DELIVERED, CONSIGNED, SUPPLIED, GAP_BACK, GAP_FORWARD)


class Dealing(NamedTuple):
    """Goods of one lot that came or go by one document.

    For a gap, ``product_id`` and ``origin`` (its name) are what has no lot,
    ``quantity`` is how much of it there was, and ``returned`` is 0.
    """

    #: ``delivered``, ``supplied``, ``reserved``, ``waiting``, ``gap_back`` (something
    #: without a lot went in) or ``gap_forward`` (it went into something without a lot)
    role: str
    #: None for orders that wait: they would take any lot of the product
    lot_id: int
    product_id: int
    partner_id: int
    partner: str
    #: number of the transfer, manufacturing order or other document
    document: str
    origin: str
    picking_id: int
    #: in the product's unit: delivered, supplied, reserved or still to be served
    quantity: float
    #: of that, what came back (or went back to the supplier)
    returned: float
    date: object
    #: usage of the location they go to, or come from
    usage: str

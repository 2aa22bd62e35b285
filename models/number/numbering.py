"""What is known of the lots whose numbers core asks for.

Core asks ``ir.sequence`` for the next number by methods that know neither product nor
day. What we know goes along in the context, as an object that no client can make.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

KEY = "batch_numbering"


@dataclass(frozen=True)
class Numbering:
    """What the number of a lot may speak of, as far as it is known.

    :ivar product_id: id of the product.product to be numbered, 0 if unknown
    :ivar company_id: id of the company whose clock counts, 0 for the product's or,
        where companies share it, the one that is active
    :ivar date: production date, None for today in the company's time zone
    :ivar expiry: date of expiry, None for the product's shelf life from ``date``
    :ivar codes: what else is known, by the fields of a pattern: ``{"line": "B"}``
    :ivar takes_numbers: False where a form that is only open looks at the next one
    """

    product_id: int = 0
    company_id: int = 0
    date: datetime.date | None = None
    expiry: datetime.date | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    takes_numbers: bool = False


def numbering(env):
    """Return the ``Numbering`` on its way through core; what clients send is none."""
    given = env.context.get(KEY)
    return given if isinstance(given, Numbering) else Numbering()


def with_numbering(records, **known):
    """Return ``records`` with more known of the lots that core will number.

    :param known: fields of ``Numbering``
    """
    known = replace(numbering(records.env), **known)
    return records.with_context(**{KEY: known})

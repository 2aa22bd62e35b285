"""What a release is, and what it takes. Not a model.

Whatever lets goods do more than before is a release, whichever field or record brings
it about: a lot's disposition, a place that imposes one, what a disposition permits, a
transfer out of a quarantine. All of them ask ``stock.lot._check_release``.
"""

from typing import Any, NamedTuple


class Release(NamedTuple):
    """Something after which goods may do more than before.

    :ivar disposition: stock.lot.disposition that ends, or permits more
    :ivar subject: the record by which goods are released
    :ivar companies: res.company whose goods these are; none: everybody's
    :ivar str ask: what those read who have no right to release
    :ivar str propose: what one person alone reads where two people release
    :ivar bool is_second: another person with the right has asked for it before
    """

    disposition: Any
    subject: Any
    companies: Any
    ask: str
    propose: str
    is_second: bool = False

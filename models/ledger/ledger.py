"""What an operation changes in restricted stock, and what it may. Not a model.

What changes stock is a quant, whoever calls with whatever context. So each change of a
quant of restricted goods is noted in the innermost open ``Operation``, and when that
ends, the sum of the changes must be what its lines were permitted. Without an open
operation nothing may change.

Core edits a done line by undoing and redoing it, with compensations in between: that is
why sums are compared, and not single calls.
"""

from collections import defaultdict
from contextlib import contextmanager
from typing import NamedTuple
from weakref import WeakKeyDictionary


class Balance(NamedTuple):
    """Where goods lie, and which: what a quantity in stock is counted by.

    Ids of stock.lot, stock.location, stock.package and res.partner; 0 for none.
    """

    product_id: int
    location_id: int
    lot_id: int
    package_id: int
    owner_id: int


class Operation:
    """Movements that are being carried out or edited together.

    :ivar dict changes: ``{Balance: quantity}`` that quants have changed by
    :ivar dict permits: ``{Balance: quantity}`` that its lines were permitted
    :ivar dict nameless: ``{Balance: quantity}`` that goods without a number changed by
    :ivar set lent: ids of quants of which more went than was there
    :ivar set joined: ids of lines that became part of a move that is done
    """

    def __init__(self):
        self.joined = set()
        self.changes = defaultdict(float)
        self.nameless = defaultdict(float)
        self.lent = set()
        self.permits = defaultdict(float)

    def permit(self, balance, quantity):
        """Let the quantity of a ``Balance`` change by ``quantity``."""
        self.permits[balance] += quantity

    def differences(self):
        """Return ``{Balance: quantity}`` of what changed without a permit."""
        return {
            balance: change - self.permits.get(balance, 0)
            for balance, change in self.changes.items()
        }


#: The operations that are open in each transaction, by its cursor: an object that no
#: context can bring along, and that outlives the rollback of a savepoint.
_OPEN = WeakKeyDictionary()


def current(cr):
    """Return the innermost ``Operation`` that is open in a transaction, or None."""
    operations = _OPEN.get(cr)
    return operations[-1] if operations else None


@contextmanager
def operation(cr):
    """Open an ``Operation`` for what is done meanwhile; an error leaves nothing."""
    operations = _OPEN.setdefault(cr, [])
    opened = Operation()
    operations.append(opened)
    try:
        yield opened
    finally:
        operations.pop()


#: Ids of lines that the operation which is open has finished, by cursor.
_FINISHING = WeakKeyDictionary()


@contextmanager
def finishing(cr):
    """Let core complete the lines that are finished meanwhile: dates, links.

    What core itself writes on them within the operation that finishes them is part of
    it, and no correction.
    """
    scopes = _FINISHING.setdefault(cr, [])
    finished = set()
    scopes.append(finished)
    try:
        yield
    finally:
        scopes.pop()


def note_finished(cr, line_ids):
    """Tell the operations that are open that these lines are finished by them."""
    finished_here(cr).update(line_ids)
    for finished in _FINISHING.get(cr, ()):
        finished.update(line_ids)


def is_finishing(cr):
    """Tell whether an operation that finishes lines is open."""
    return bool(_FINISHING.get(cr))


def being_finished(cr):
    """Return the ids of the lines that an operation which is open has finished."""
    return set().union(*_FINISHING.get(cr, ()))


#: Where a transaction keeps the ids of the lines that it has finished.
_FINISHED = "batch_tracking.finished_lines"


def finished_here(cr):
    """Return the ids of lines that this transaction has finished, as far as known.

    A rollback, also to a savepoint, forgets them.
    """
    return cr.precommit.data.setdefault(_FINISHED, set())


#: Why what is done is being corrected, by cursor.
_REASONS = WeakKeyDictionary()


@contextmanager
def correcting(cr, reason):
    """Let lines be corrected for the reason that was given with their move or transfer.

    :param str reason: empty leaves what was given before
    """
    reasons = _REASONS.setdefault(cr, [])
    reasons.append(reason or reason_given(cr))
    try:
        yield
    finally:
        reasons.pop()


def reason_given(cr):
    """Return why what is done is being corrected, empty if nobody has said it."""
    reasons = _REASONS.get(cr)
    return reasons[-1] if reasons else ""

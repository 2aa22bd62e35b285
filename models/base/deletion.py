"""Guards of what must not be deleted, which no caller can switch off. Not a model.

Core leaves out guards with ``at_uninstall=False`` wherever the context asks for it, and
any caller may send a context. Ours stand whatever the context says, and let through
what Odoo itself deletes while it uninstalls an app, or updates one.
"""

import functools
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from odoo import api

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

#: How many uninstallations are under way in each transaction, by its cursor: an object
#: that no context can bring along.
_UNINSTALLING = WeakKeyDictionary()


@contextmanager
def uninstalling(cr):
    """Let guards be, while Odoo takes away what belongs to an app."""
    _UNINSTALLING[cr] = _UNINSTALLING.get(cr, 0) + 1
    try:
        yield
    finally:
        _UNINSTALLING[cr] -= 1


def is_uninstalling(env):
    """Tell whether Odoo is taking away what belongs to an app in this transaction."""
    return bool(_UNINSTALLING.get(env.cr))


def guards_deletion(method):
    """Decorate a method that refuses to delete the records it is called on.

    It is called once for all records that are to be deleted, whatever the context says,
    after access is checked; not by Odoo's own uninstallation.
    """

    @api.ondelete(at_uninstall=True)
    @functools.wraps(method)
    def guard(self):
        if not is_uninstalling(self.env):
            method(self)

    return guard


def with_guards_of_core(records):
    """Return records whose deletion core's own guards judge, whatever a caller sent."""
    if is_uninstalling(records.env) or not records.env.context.get(
        MODULE_UNINSTALL_FLAG
    ):
        return records
    return records.with_context(**{MODULE_UNINSTALL_FLAG: False})

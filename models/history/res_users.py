from contextlib import contextmanager
from functools import wraps

from odoo import models

#: Under these names the cursor keeps who has just proved who they are, and what is
#: being signed. A cursor lives for one request and no caller reaches it; a context
#: comes from the caller.
CHECKED = "batch_tracking.identity_checked"
SIGNING = "batch_tracking.signing"


def signed(meaning):
    """Let a wizard's button be signed: Odoo asks for the password first.

    Only where the company wants it (settings: *Sign holds and releases*). Every event
    that the button leaves then says ``meaning``. Unlike core's ``check_identity``, it
    asks each time: a signature is not lent for ten minutes.

    :param str meaning: what the signature means, such as ``"Released"``; or a function
        of the record that returns it
    :raises UserError: if it must be signed and nobody sits at a screen
    """

    def decorate(method):
        @wraps(method)
        def wrapped(self, *args, **kwargs):
            wanted = self.env.user._signs_batches()
            if not wanted or signature_of(self.env)["signature"]:
                return method(self, *args, **kwargs)
            checks = self.env["res.users.identitycheck"]
            identity = checks._take_identity()
            if not identity:
                return checks._ask_identity(self, method.__name__, args, kwargs)
            text = meaning(self) if callable(meaning) else meaning
            with _signing(self.env, text, identity):
                return method(self, *args, **kwargs)

        # core's wizard runs nothing else
        setattr(wrapped, "__has_check_identity", True)  # noqa: B010
        return wrapped

    return decorate


@contextmanager
def _signing(env, meaning, identity):
    values = {"signature": meaning, "identity": identity}
    env.cr.cache[SIGNING] = (env.uid, values)
    try:
        yield
    finally:
        del env.cr.cache[SIGNING]


def signature_of(env):
    """Return the values ``signature`` and ``identity`` of events made just now."""
    uid, values = env.cr.cache.get(SIGNING, (None, None))
    if uid != env.uid:
        return {"signature": False, "identity": False}
    return values


class ResUsers(models.Model):
    """A person who may have to sign what becomes of batches."""

    _inherit = "res.users"

    def _signs_batches(self):
        """Tell whether one of the user's companies wants signatures.

        Any of them: a batch may be everybody's, and people may switch companies.
        """
        # sudo: whether to sign is no secret, and not every user reads companies
        return any(self.sudo().company_ids.mapped("batch_sign"))

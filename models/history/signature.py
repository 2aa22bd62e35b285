"""What a person signs with their password: one button, in one transaction."""

from contextlib import contextmanager
from functools import wraps

from ..base.ids import check_ids

#: Under this name ``postcommit.data`` of the cursor keeps the ``Signatures``.
SIGNATURES = "batch_tracking.signatures"
UNSIGNED = {"signature": False, "identity": False}


class Signatures:
    """Who has proved who they are in a transaction, and what they are signing.

    It hangs on the cursor, where no caller reaches it: a context comes from the caller.
    And on ``postcommit.data`` of it, which core empties when the transaction ends;
    ``cr.cache`` is emptied by each savepoint that is rolled back as well.
    """

    def __init__(self):
        #: ``(user id, how they proved who they are)``
        self._proof = None
        #: ``(user id, values of events)``
        self._signing = None

    @classmethod
    def of(cls, env):
        """Return those of the transaction of ``env``."""
        return env.cr.postcommit.data.setdefault(SIGNATURES, cls())

    def prove(self, user_id, auth_method):
        """Note that a user has just proved who they are, by ``auth_method``."""
        self._proof = (user_id, auth_method)

    def take_proof(self, user_id):
        """Return how the user has just proved who they are, once; None if not."""
        proof, self._proof = self._proof, None
        return proof[1] if proof and proof[0] == user_id else None

    @contextmanager
    def signing(self, user_id, meaning, identity):
        """Let every event that the user leaves meanwhile say ``meaning``."""
        self._signing = (user_id, {"signature": meaning, "identity": identity})
        try:
            yield
        finally:
            self._signing = None

    def values(self, user_id):
        """Return the values ``signature`` and ``identity`` of a user's events."""
        if self._signing and self._signing[0] == user_id:
            return self._signing[1]
        return UNSIGNED


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
            check_ids(self)  # nobody is asked for a password for nothing
            must_sign = self.env.user._signs_batches()
            if not must_sign or is_signing(self.env):
                return method(self, *args, **kwargs)
            signatures = Signatures.of(self.env)
            identity = signatures.take_proof(self.env.uid)
            if not identity:
                checks = self.env["res.users.identitycheck"]
                return checks._ask_identity(self, method.__name__, args, kwargs)
            text = meaning(self) if callable(meaning) else meaning
            with signatures.signing(self.env.uid, text, identity):
                return method(self, *args, **kwargs)

        # core's wizard runs nothing else
        setattr(wrapped, "__has_check_identity", True)  # noqa: B010
        return wrapped

    return decorate


def signing_on(env, signature):
    """Go on signing after a commit, which ends what a transaction is signed with.

    :param dict signature: what ``signature_of`` returned before the commit, by code
        that the signed button runs and that alone commits on its way
    """
    if signature["signature"]:
        Signatures.of(env)._signing = (env.uid, signature)


def signature_of(env):
    """Return the values ``signature`` and ``identity`` of events made just now."""
    return Signatures.of(env).values(env.uid)


def is_signing(env):
    """Tell whether the user is signing what is done just now."""
    return bool(signature_of(env)["signature"])

"""Why a lot is changed: what goes along with one ``write``, beside its values."""

from dataclasses import dataclass

#: The context key by which it reaches ``write``, which takes nothing but values.
KEY = "batch_reason"


# Compared by identity: environments compare their contexts.
@dataclass(eq=False)
class LotChange:
    """Why lots are changed.

    Rooms that need more of a change extend it. A caller over RPC may give a text as
    ``batch_reason`` in the context and gets a reason by it, and nothing else: no
    caller can make an object of this class.
    """

    reason: str = ""

    @classmethod
    def of(cls, env):
        """Return the change that is being written in ``env``; an empty one if none."""
        given = env.context.get(KEY)
        if isinstance(given, cls):
            return given
        if isinstance(given, LotChange):
            return cls(given.reason)
        return cls(given if isinstance(given, str) else "")

"""Refusals that other code tells apart."""

from odoo.exceptions import AccessError

from ..base.exceptions import known_to_clients


@known_to_clients
class WrittenByDatesError(AccessError):
    """Somebody writes by hand what dates and the decision about them alone write.

    :ivar names: the fields
    """

    def __init__(self, env, names):
        self.names = frozenset(names)
        super().__init__(
            env._(
                "Whether the dates of a batch act is decided under Batches From "
                "Before, and noted by Odoo alone."
            )
        )


@known_to_clients
class MayNotLetDatesActError(AccessError):
    """Somebody without the right lets the dates of batches from before act."""

    def __init__(self, env):
        super().__init__(
            env._(
                "A quality manager, a batch administrator or your administrator "
                "decides whether the dates of batches from before act."
            )
        )

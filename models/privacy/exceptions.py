"""Refusals of erasing."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class NothingToEraseError(UserError):
    """A recall knows nothing of people any more.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "%s holds no personal data any more: it was erased, or nobody has "
                "answered.",
                recall.name,
            )
        )

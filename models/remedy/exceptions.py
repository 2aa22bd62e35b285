"""Refusals of what follows from a recall."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class NothingToReplaceError(UserError):
    """Nothing is left to make good to these consignees.

    :ivar rows: stock.recall.consignee
    """

    def __init__(self, rows):
        self.rows = rows
        super().__init__(
            rows.env._(
                "There is nothing to make good: it is replaced or credited already, "
                "nothing has come back yet, or we have not delivered it ourselves."
            )
        )


@known_to_clients
class InventoryRightMissingError(AccessError):
    """Somebody without a right on Inventory prepares transfers."""

    def __init__(self, env):
        self.user = env.user
        super().__init__(
            env._(
                "Transfers are prepared by people of Inventory. Ask for that right, or "
                "ask one of them to do it."
            )
        )


@known_to_clients
class NoQuarantineError(UserError):
    """Goods are to go to quarantine, and there is none.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Nothing to draft: what lies here is apart already, is on its way "
                "there, or its warehouse has no location that imposes a disposition."
            )
        )

"""Refusals of what follows from a recall."""

from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

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
    :ivar warehouses: stock.warehouse that have none; empty: nothing is left to bring
    """

    def __init__(self, recall, warehouses):
        self.recall, self.warehouses = recall, warehouses
        super().__init__(self._reason())

    def _reason(self):
        env = self.recall.env
        if self.warehouses:
            return env._(
                "%s has no location that imposes “Recalled”: make one first. Inventory "
                "administrators may.",
                format_list(env, self.warehouses.mapped("name")),
            )
        if self.recall.not_apart:
            return env._(
                "What is left lies in places that belong to no warehouse: put it apart "
                "by hand."
            )
        if moves := self.recall._apart_moves():
            return env._(
                "What lies here is on its way to quarantine already: %s.",
                format_list(env, moves.picking_id.mapped("name")),
            )
        return env._("Nothing to draft: nothing lies here that is not apart already.")

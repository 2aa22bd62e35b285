"""Refusals of credit notes and replacement orders of a recall."""

from odoo.exceptions import AccessError, UserError

from odoo.addons.batch_tracking.models.base.exceptions import known_to_clients


@known_to_clients
class InvoicingRightMissingError(AccessError):
    """Somebody without a right on Invoicing makes credit notes."""

    def __init__(self, env):
        self.user = env.user
        super().__init__(
            env._(
                "Credit notes are made by people of Invoicing. Ask for that right, or "
                "ask one of them to do it."
            )
        )


@known_to_clients
class SalesRightMissingError(AccessError):
    """Somebody without a right on Sales makes replacement orders."""

    def __init__(self, env):
        self.user = env.user
        super().__init__(
            env._(
                "Replacement orders are made by people of Sales. Ask for that right, "
                "or ask one of them to do it."
            )
        )


@known_to_clients
class NothingToCreditError(UserError):
    """None of these lines has anything on an invoice that is left to credit.

    :ivar rows: stock.recall.consignee
    """

    def __init__(self, rows):
        self.rows = rows
        super().__init__(
            rows.env._(
                "There is nothing to credit: it was not billed by a posted invoice, or "
                "it is credited or replaced already."
            )
        )

"""Refusals of refunds at tills."""

from odoo.exceptions import AccessError, UserError

from odoo.addons.batch_tracking.models.base.exceptions import known_to_clients


@known_to_clients
class TillRightMissingError(AccessError):
    """Somebody without a right on Point of Sale makes refunds."""

    def __init__(self, env):
        self.user = env.user
        super().__init__(
            env._(
                "Refunds are made by people of Point of Sale. Ask for that right, or "
                "ask one of them to do it."
            )
        )


@known_to_clients
class TillClosedError(UserError):
    """No session of the till is open that a refund could belong to.

    :ivar till: pos.config
    """

    def __init__(self, till):
        self.till = till
        super().__init__(
            till.env._(
                "A refund belongs to an open session: open one of %s, and do it again.",
                till.display_name,
            )
        )


@known_to_clients
class NothingToRefundError(UserError):
    """None of these lines was sold at a till, or all of it is made good.

    :ivar rows: stock.recall.consignee
    """

    def __init__(self, rows):
        self.rows = rows
        super().__init__(
            rows.env._(
                "There is nothing to refund: it was not sold at a till, or it is "
                "refunded, credited or replaced already."
            )
        )

"""Refusals of what a trace needs."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class ConsigneeIsKeptError(UserError):
    """Somebody who has received batches was to be deleted.

    :ivar partner: res.partner
    """

    def __init__(self, partner):
        self.partner = partner
        super().__init__(
            partner.env._(
                "%s has received batches: a recall must find out who. Archive the "
                "contact instead.",
                partner.display_name,
            )
        )

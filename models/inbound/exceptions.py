"""Refusals of notices received."""

from odoo.exceptions import UserError
from odoo.tools import format_date

from ..base.exceptions import known_to_clients


@known_to_clients
class NothingMatchesError(UserError):
    """A received notice is to become a recall, and we have nothing of it.

    :ivar inbound: stock.recall.inbound
    """

    def __init__(self, inbound):
        self.inbound = inbound
        super().__init__(
            inbound.env._(
                "We have no batch with the numbers of notice %s: there is nothing to "
                "recall.",
                inbound.number,
            )
        )


@known_to_clients
class NoticeIsKnownError(UserError):
    """A notice is registered that was received before.

    :ivar line: stock.recall.inbound.line that is there
    """

    def __init__(self, line):
        self.line = line
        super().__init__(
            line.env._(
                "Notice %(number)s of %(firm)s with batch %(lot)s was received before, "
                "on %(date)s. Open that one and add to it.",
                number=line.inbound_id.number,
                firm=line.inbound_id.firm_id.name,
                lot=line.supplier_lot_name,
                date=format_date(line.env, line.inbound_id.date),
            )
        )

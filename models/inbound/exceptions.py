"""Refusals of notices received."""

from odoo.exceptions import AccessError, UserError
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


@known_to_clients
class ReplyIsSentError(UserError):
    """A reply is changed that the firm has got.

    :ivar reply: stock.recall.inbound.reply
    """

    def __init__(self, reply):
        self.reply = reply
        super().__init__(
            reply.env._(
                "%s was sent: it stays as it is. Prepare another one if things have "
                "changed.",
                reply.display_name,
            )
        )


@known_to_clients
class ReplyStepError(AccessError):
    """Somebody writes by hand what only the steps of a reply write.

    :ivar set names: of the fields
    """

    def __init__(self, env, names):
        self.names = names
        super().__init__(
            env._(
                "%s: only preparing and sending the reply writes that.",
                ", ".join(sorted(names)),
            )
        )

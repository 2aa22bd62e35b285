"""Refusals to delete what has a history."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class LotIsKeptError(UserError):
    """A lot is deleted that has a history.

    :ivar lot: stock.lot
    :ivar str history: the kind of records that it has, as people read it
    :ivar datetime until: None for ever
    :ivar int others: how many more of the lots are kept
    """

    def __init__(self, lot, history, until, others):
        self.lot, self.history, self.until, self.others = lot, history, until, others
        env = lot.env
        term = env._("until %s", until.date()) if until else env._("for ever")
        message = env._(
            "Batch %(lot)s cannot be deleted: it has a history (%(what)s), which is "
            "kept %(term)s. To stop using it, put it on hold or scrap it.",
            lot=lot.display_name,
            what=history,
            term=term,
        )
        if others:
            count = env._("%s more of the batches you chose are kept as well.", others)
            message = f"{message} {count}"
        super().__init__(message)


@known_to_clients
class RetentionShortenedError(AccessError):
    """Somebody without the right lets batches be deleted earlier than before.

    :ivar subject: the stock.lot.retention, res.company or product.category
    """

    def __init__(self, subject):
        self.subject = subject
        super().__init__(
            subject.env._(
                "%s would keep batches for a shorter time than now. Only a quality "
                "manager, or who administers the system, decides that; you may have "
                "them kept longer.",
                subject.display_name,
            )
        )

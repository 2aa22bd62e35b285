"""Refusals of answers."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class AnswerRefusedError(UserError):
    """What is told cannot be so.

    :ivar dict problems: ``{stock.recall.consignee: list of Problem}``
    """

    def __init__(self, problems, sentences):
        self.problems = problems
        super().__init__("\n".join(sentences))


@known_to_clients
class AnswerIsEmptyError(UserError):
    """Nothing is told.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Nothing is filled in yet. Say what became of each batch, or press “We "
                "have none left”."
            )
        )


@known_to_clients
class AnswerIncompleteError(UserError):
    """It is not said who answers, or why they say that it is not theirs.

    :ivar recall: stock.recall
    :ivar str field: that is missing
    :ivar row: stock.recall.consignee that it is missing of, or None
    """

    def __init__(self, recall, field, row=None):
        self.recall, self.field, self.row = recall, field, row
        if field == "contact_name":
            text = recall.env._("Say who answers: we may have to ask.")
        elif row:
            text = recall.env._(
                "%s: say in a few words why it is not yours.", row.lot_id.name
            )
        else:
            text = recall.env._("Say in a few words why it is not yours.")
        super().__init__(text)


@known_to_clients
class AnswerOutdatedError(UserError):
    """An answer is to a notice that a newer one has replaced.

    :ivar recall: stock.recall
    :ivar int version: that was seen
    """

    def __init__(self, recall, version):
        self.recall, self.version = recall, version
        super().__init__(
            recall.env._(
                "More batches are recalled since you opened this page. Nothing was "
                "sent: look at the list again, and send it then."
            )
        )


@known_to_clients
class AnswerTooLateError(UserError):
    """A recall that is closed, cancelled or not begun is answered.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "%s is not open: it takes no answers. Nothing was changed.", recall.name
            )
        )


@known_to_clients
class AnswerIsEvidenceError(AccessError):
    """Somebody changes what a consignee has told.

    :ivar answers: records of the answer
    """

    def __init__(self, answers):
        self.answers = answers
        super().__init__(
            answers.env._(
                "What a consignee has told stays as it is. If they say something else "
                "now, enter another answer: the last one counts."
            )
        )


@known_to_clients
class FileRefusedError(UserError):
    """A file is of another kind, too large, or one too many.

    :ivar str name: of the file
    """

    def __init__(self, env, name, why):
        self.name = name
        super().__init__(
            env._("The file “%(name)s” was not taken: %(why)s", name=name, why=why)
        )

"""Refusals of notices."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class NoticeIncompleteError(UserError):
    """A notice is approved that lacks something, or says what it must not.

    :ivar recall: stock.recall
    :ivar list codes: of what is missing or must not be said, as of the linter
    """

    def __init__(self, recall, findings):
        self.recall = recall
        self.codes = [finding.code for finding in findings]
        lines = "\n".join(f"- {finding.text}" for finding in findings)
        super().__init__(
            recall.env._(
                "The notices of %(recall)s cannot be approved yet:\n%(lines)s",
                recall=recall.name,
                lines=lines,
            )
        )


@known_to_clients
class NoticeIsEvidenceError(AccessError):
    """Somebody changes what a notice says or whom it has reached.

    :ivar set names: of the fields
    """

    def __init__(self, env, names):
        self.names = names
        super().__init__(
            env._(
                "What a notice says, and when it reached whom, is evidence. You can "
                "change its language and how it goes out, and note a call or a letter."
            )
        )


@known_to_clients
class NoticesAreOutError(UserError):
    """Something is changed that the notices which have gone out depend on.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Notices of %s have gone out: it stays as it is whether each address "
                "or each company is told.",
                recall.name,
            )
        )


@known_to_clients
class NoticesWaitError(UserError):
    """What notices say is changed while approved ones are being sent.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Notices of %s are being sent. Change what they say when that is done.",
                recall.name,
            )
        )


@known_to_clients
class NothingToSendError(UserError):
    """There is no notice that could be approved, sent or told.

    :ivar recall: stock.recall
    """

    def __init__(self, recall, text):
        self.recall = recall
        super().__init__(text)


@known_to_clients
class NothingToPublishError(UserError):
    """A drill would be published.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._("%s is a drill: nothing of it is published.", recall.name)
        )


@known_to_clients
class PublishedError(UserError):
    """What the public has read would be changed, or published by hand."""

    def __init__(self, env):
        super().__init__(
            env._(
                "What was published stays on record as it was. Withdraw it and publish "
                "another one."
            )
        )

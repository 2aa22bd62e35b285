"""Refusals of recalls."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class RecallRightMissingError(AccessError):
    """Somebody who is no recall manager launches or closes a recall."""

    def __init__(self, env):
        self.user = env.user
        super().__init__(
            env._(
                "Only a recall manager may recall batches. You can put the batch on "
                "hold, and tell a recall manager."
            )
        )


@known_to_clients
class RecallIsEvidenceError(AccessError):
    """Somebody changes the trace of a recall.

    :ivar recalls: stock.recall
    :ivar set names: of the fields
    """

    def __init__(self, recalls, names):
        self.recalls, self.names = recalls, names
        super().__init__(
            recalls.env._(
                "The trace of a recall is written when it is launched and stays as it "
                "is. You can change its reason and its responsible."
            )
        )


@known_to_clients
class RecallIsKeptError(UserError):
    """A recall is deleted before its retention ends.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Recall %s cannot be deleted: it is kept as long as batches are. Close "
                "it instead.",
                recall.name,
            )
        )


@known_to_clients
class RecallIsClosedError(UserError):
    """A recall is closed a second time.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(recall.env._("Recall %s is closed already.", recall.name))


@known_to_clients
class LeftOutWithoutReasonError(UserError):
    """A batch is taken out of a recall, and nobody says why.

    :ivar lot: stock.lot
    """

    def __init__(self, lot):
        self.lot = lot
        super().__init__(
            lot.env._(
                "Say why batch %s is taken out of the recall: an auditor will ask.",
                lot.name,
            )
        )

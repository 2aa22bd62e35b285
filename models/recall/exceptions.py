"""Refusals of recalls."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_list

from ..base.exceptions import known_to_clients
from .kinds import MOST_YEARS


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
class RecallIsOverError(AccessError):
    """Something of a recall is changed that is closed or cancelled.

    :ivar recall: stock.recall
    :ivar set names: of the fields
    """

    def __init__(self, recall, names):
        self.recall, self.names = recall, names
        labels = dict(recall._fields["state"]._description_selection(recall.env))
        super().__init__(
            recall.env._(
                "Recall %(recall)s is “%(state)s”: what it says stays as it is. "
                "Messages and activities can still be added.",
                recall=recall.name,
                state=labels[recall.state],
            )
        )


@known_to_clients
class MomentNotPossibleError(ValidationError):
    """Something of a recall is said to be in a year in which it cannot be.

    :ivar recall: stock.recall
    :ivar str field: name of the field
    """

    def __init__(self, recall, name):
        self.recall, self.field = recall, name
        field = recall._fields[name].get_description(recall.env, ["string"])
        super().__init__(
            recall.env._(
                "%(field)s: look at the year. It is at most %(years)s years from now.",
                field=field["string"],
                years=MOST_YEARS,
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
class RecallStateError(UserError):
    """A step is taken that does not follow from the state of a recall.

    :ivar recall: stock.recall
    :ivar states: the states in which it may be taken
    """

    def __init__(self, recall, states):
        self.recall, self.states = recall, states
        labels = dict(recall._fields["state"]._description_selection(recall.env))
        super().__init__(
            recall.env._(
                "Recall %(recall)s is “%(state)s”: this is done while one is "
                "“%(states)s”.",
                recall=recall.name,
                state=labels[recall.state],
                states=" / ".join(labels[state] for state in states),
            )
        )


@known_to_clients
class RecallIsClosedError(UserError):
    """A recall is closed that is closed already, cancelled, or not launched yet.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        if recall.state == "draft":
            text = recall.env._(
                "Recall %s is a draft: launch it, or cancel it.", recall.name
            )
        else:
            text = recall.env._("Recall %s is closed already.", recall.name)
        super().__init__(text)


@known_to_clients
class RecallNotClosableError(UserError):
    """A recall is closed while something is open.

    :ivar recall: stock.recall
    :ivar gates: ``[(key, sentence)]`` of what is open
    """

    def __init__(self, recall, gates):
        self.recall, self.gates = recall, gates
        super().__init__(
            recall.env._(
                "Recall %(recall)s cannot be closed yet:\n%(gates)s",
                recall=recall.name,
                gates="\n".join(f"✗ {sentence}" for _key, sentence in gates),
            )
        )


@known_to_clients
class StepWithoutReasonError(UserError):
    """A draft is cancelled, or batches are added or cleared, and nobody says why.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Say why, in words: it stays in the history of recall %s, and an "
                "auditor will ask.",
                recall.name,
            )
        )


@known_to_clients
class NotInRecallError(UserError):
    """A batch is cleared that is no part of a recall, or not any more.

    :ivar recall: stock.recall
    :ivar lots: stock.lot
    """

    def __init__(self, recall, lots):
        self.recall, self.lots = recall, lots
        super().__init__(
            recall.env._(
                "Batch %(lot)s is no part of recall %(recall)s.",
                lot=lots[:1].name,
                recall=recall.name,
            )
        )


@known_to_clients
class NothingToAddError(UserError):
    """A recall is expanded by what it has already.

    :ivar recall: stock.recall
    """

    def __init__(self, recall):
        self.recall = recall
        super().__init__(
            recall.env._(
                "Recall %s has all these batches, and all that was made from them, "
                "already.",
                recall.name,
            )
        )


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


@known_to_clients
class ConsigneesToldApartError(UserError):
    """Contacts were to be merged of which a recall keeps what each of them was told.

    :ivar recall: stock.recall
    :ivar partners: res.partner
    """

    def __init__(self, recall, partners):
        self.recall, self.partners = recall, partners
        super().__init__(
            recall.env._(
                "%(partners)s were told of recall %(recall)s each, and what they had, "
                "were told and answered stays as evidence. Archive the contact that is "
                "not needed any more instead of merging it.",
                partners=format_list(recall.env, partners.mapped("display_name")),
                recall=recall.sudo().name,
            )
        )


@known_to_clients
class NotTakenOverError(UserError):
    """Batches were chosen for a recall by what they are, and not added to it yet.

    :ivar wizard: stock.lot.recall
    :ivar str chosen: a product, a line or numbers, as people read them
    """

    def __init__(self, wizard, chosen):
        self.wizard, self.chosen = wizard, chosen
        super().__init__(
            wizard.env._(
                "%s is chosen, but its batches are not added yet: switch on “Add "
                "these”, or empty the field.",
                chosen,
            )
        )

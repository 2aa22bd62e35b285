"""Refusals of the history and of signatures."""

from odoo.exceptions import AccessError, UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class HistoryIsAppendOnlyError(UserError):
    """Somebody changes or deletes what is only ever added to.

    :ivar str model: name of the model
    """

    def __init__(self, env, model):
        self.model = model
        if model == "stock.lot.event.seal":
            message = env._("Seals of the history are set by Odoo alone.")
        else:
            message = env._(
                "The history of a batch cannot be changed or deleted. Add what is "
                "right: change the batch again and say why."
            )
        super().__init__(message)


@known_to_clients
class SignatureNeededError(UserError):
    """Something must be signed, and is not.

    :ivar subject: the record that was to change, a stock.lot for one; None where a
        button cannot ask for the password, as nobody sits at a screen
    """

    def __init__(self, env, subject=None):
        self.subject = subject
        if subject and subject._name == "stock.lot":
            message = env._(
                "What becomes of batch %s must be signed with your password. Choose "
                "“Hold or release” on the batch.",
                subject.display_name,
            )
        elif subject:
            message = env._(
                "What “%s” holds is released by a signature only: choose “Hold or "
                "release” on the batches, or take them out by a transfer.",
                subject.display_name,
            )
        else:
            message = env._(
                "This must be signed with a password. Do it on the screen, or ask an "
                "administrator to switch signing off in the settings."
            )
        super().__init__(message)


@known_to_clients
class SettingIsLoweredError(AccessError):
    """Somebody switches off what stands before a release, without the right.

    :ivar company: res.company
    :ivar str setting: the name of its field
    """

    def __init__(self, company, setting):
        self.company, self.setting = company, setting
        super().__init__(
            company.env._(
                "Only a batch administrator switches off “%(setting)s” of %(company)s: "
                "it stands before every release.",
                setting=company._fields[setting]._description_string(company.env),
                company=company.sudo().name,
            )
        )

"""Errors that tests and other addons can tell apart, and clients show as Odoo's own."""

from odoo.exceptions import AccessError


def known_to_clients(error):
    """Let clients take a class of errors for the class of Odoo that it extends.

    They tell errors apart by name, and show one whose name they do not know as a crash
    of the server. Tracebacks show the class's own name.

    :param error: a subclass of UserError, AccessError or ValidationError
    """
    known = next(base for base in error.__mro__ if base.__module__ == "odoo.exceptions")
    error.__module__, error.__name__ = known.__module__, known.__name__
    return error


@known_to_clients
class LotOfOthersError(AccessError):
    """A lot would be given to a company of others, or taken from one that has it.

    :ivar lots: stock.lot
    :ivar company: res.company that is meant
    """

    def __init__(self, lots, company):
        self.lots, self.company = lots, company
        super().__init__(
            lots.env._(
                "Batch %(lot)s cannot change its company: %(company)s has it in stock, "
                "or is none of yours.",
                lot=lots[:1].display_name,
                company=company.sudo()[:1].name,
            )
        )

"""Refusals of agendas of recalls."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class DeadlineIsDoneError(UserError):
    """What is due is done a second time.

    :ivar deadline: stock.recall.deadline
    """

    def __init__(self, deadline):
        self.deadline = deadline
        super().__init__(
            deadline.env._("“%s” was done already. Reload the page.", deadline.name)
        )

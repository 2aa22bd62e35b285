from odoo import models

from .exceptions import SecondPersonNeededError


class StockLot(models.Model):
    """A lot that one person alone may not release, where the company says so."""

    _inherit = "stock.lot"

    def _needs_approval(self, disposition):
        """Return the lots that a second person must approve to release.

        Those that only quality releases, and that may do more under ``disposition``.
        """
        permitted = disposition._forbidden()
        freed = self.filtered(
            lambda lot: (
                lot.disposition_id.needs_quality_right
                and lot.disposition_id._forbidden() - permitted
            )
        )
        return freed.filtered(lambda lot: self._needs_four_eyes(lot.company_id))

    def _check_second_person(self, disposition):
        """Refuse to release at once where a second person must approve.

        :raises SecondPersonNeededError: saying how it is proposed
        """
        if self.env.su or self._is_system():
            return
        lots = self._needs_approval(disposition)
        if lots:
            held_as = lots[0].disposition_id
            message = self.env._(
                "Two people release batch %(lot)s from “%(disposition)s”. Propose "
                "it by “Hold or release”; another quality manager approves it.",
                lot=lots[0].name,
                disposition=held_as.name,
            )
            raise SecondPersonNeededError(message, held_as, lots[0])

from odoo import models


class StockLot(models.Model):
    """A lot that one person alone may not release, where the company says so."""

    _inherit = "stock.lot"

    def _needs_approval(self, disposition):
        """Return the lots that a second person must approve to release.

        Those that only quality releases, and that may do more under ``disposition``, or
        that anybody might release from there.
        """
        freed = self._freed_by(disposition).filtered(
            "disposition_id.needs_quality_right"
        )
        return self.browse().union(
            *(
                lots
                for companies, lots in freed.grouped("company_id").items()
                if self._needs_four_eyes(companies)
            )
        )

    def _freed_by(self, disposition):
        """Return the lots that may do more under ``disposition`` than they may now.

        Also those that it does not guard: the next change would be anybody's.
        """
        permitted = disposition._forbidden()
        guarded = disposition.needs_quality_right
        return self.filtered(
            lambda lot: (
                lot.disposition_id._forbidden() - permitted
                or (lot.disposition_id.needs_quality_right and not guarded)
            )
        )

    def _check_second_person(self, disposition):
        """Refuse to release at once where a second person must approve.

        :raises SecondPersonNeededError: saying how it is proposed
        """
        if self.env.su or self._is_system():
            return
        if lots := self._needs_approval(disposition):
            self._check_release_by_two(lots[0]._release_by())

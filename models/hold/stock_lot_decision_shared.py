from odoo import api, models
from odoo.fields import Command

from ..disposition.exceptions import HeldByCompanyError


class StockLotDecision(models.Model):
    """Companies that share a lot hold it each by a decision of its own.

    The first that releases it ends its own hold; what another company holds, stays.
    """

    _inherit = "stock.lot.decision"

    @api.model
    def _not_yet_held_here(self, lots):
        """Return those of held lots that are shared, and not held by this company."""
        shared = lots._shared().filtered("disposition_id.needs_quality_right")
        # Those that nobody knows the holder of were held before it was kept.
        return shared.filtered(
            lambda lot: lot._holders() and self.env.company not in lot._holders()
        )

    @api.model
    def _check_held_by_others(self, freed):
        """Refuse to release what only other companies hold.

        :raises HeldByCompanyError: naming the lot and whom to ask
        """
        for lot in freed._shared() if not self.env.su else ():
            holders = lot._holders()
            others = holders - self.env.user.company_ids
            if others and self.env.company not in holders:
                raise HeldByCompanyError(lot, others)

    def _end_own_hold(self, lots):
        """End this company's hold of lots that others hold as well; return these."""
        freed = lots._shared()._freed_by(self.disposition_id)
        own = self.user_id.company_ids
        staying = freed.filtered(lambda lot: lot._holders() - own)
        staying._note_holders(self, self.env._("No longer held by"))
        # sudo: who holds it is kept by decisions
        staying.sudo().holding_company_ids = [Command.unlink(id_) for id_ in own.ids]
        return staying

    def _join_hold(self, lots):
        """Keep that this company holds lots which others have held before it."""
        joined = self._not_yet_held_here(lots)
        joined._hold_for(self.company_id)
        joined._note_holders(self, self.env._("Held as well by"))

from odoo import models

from .exceptions import HeldIdentityError


class StockLot(models.Model):
    """A held lot keeps its company, whatever becomes of its product's.

    Core computes the one from the other: anew whenever the product is written, also as
    it is, or is given to a company or to all of them. Another company would release by
    that what is not its own.
    """

    _inherit = "stock.lot"

    def write(self, vals):
        if "company_id" not in vals:
            return super().write(vals)
        before = {lot: lot.company_id for lot in self._guarded() if lot.company_id}
        result = super().write(vals)
        for lot, company in before.items():
            lot._shared()._hold_for(company)
        return result

    def _compute_company_id(self):
        before = {lot: lot.company_id for lot in self}
        result = super()._compute_company_id()
        changed = self.filtered(lambda lot: lot.id and lot.company_id != before[lot])
        left = changed.filtered(lambda lot: before[lot])
        for lot in changed - left:
            if lot._holders() - lot.company_id:
                # No AccessError: whoever reads a field is spared those of its compute.
                raise HeldIdentityError(lot, lot.disposition_id)
        for lot in left._guarded():
            if lot.company_id and not self._is_system():
                raise HeldIdentityError(lot, lot._guarding()[0])
            lot.company_id = before[lot]
        return result

from odoo import models


class StockLot(models.Model):
    """A lot whose disposition changes only by a signed decision, where that is set."""

    _inherit = "stock.lot"

    def _check_disposition_change(self, disposition):
        result = super()._check_disposition_change(disposition)
        self._check_signed()
        return result

    def _check_signed(self):
        """Refuse a person's change that was not signed, whatever way it came."""
        # What the system does by itself, it does as superuser: expiry, recalls.
        if self and not self.env.su:
            self._check_release_signed(self[0])

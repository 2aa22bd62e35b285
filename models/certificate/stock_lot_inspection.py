from odoo import fields, models
from odoo.tools import format_date

from ..inspection.stock_lot_inspection import ACCEPTED


# What a customer reads is a subject of its own, beside what an inspection is.
class StockLotInspection(models.Model):
    """An inspection as a certificate states it."""

    _inherit = "stock.lot.inspection"

    def _certified(self):
        """Return the inspection as a certificate states it, as plain values."""
        results = self.result_ids.filtered(
            lambda one: one.is_on_certificate and one.is_entered
        )
        return {
            "name": self.name,
            "signed": self._signed(),
            "deviation": self.state == ACCEPTED and self._deviation_words(),
            "rows": [
                of_one._certificate_row()
                for of_one in results.grouped("characteristic_id").values()
            ],
        }

    def _signed(self):
        """Return who has closed the inspection, and on which day."""
        done = fields.Datetime.context_timestamp(self, self.completed_on).date()
        who = self.completed_by.sudo().name
        return ", ".join(filter(None, (who, format_date(self.env, done))))

    def _deviation_words(self):
        return self.env._(
            "Accepted by deviation: %(failure)s. Reason: %(reason)s",
            failure="; ".join((self.failure or "").splitlines()),
            reason=self.decision,
        )

from odoo import models
from odoo.tools import format_date

from ...tools.days import local_day
from ..inspection.stock_lot_inspection import ACCEPTED


class StockLotInspection(models.Model):
    """An inspection as a certificate states it."""

    _inherit = "stock.lot.inspection"

    def _latest_of_each_plan(self):
        """Return the last of each lot and plan; they come the first first."""
        latest = {(each.lot_id, each.plan_id): each for each in self}
        return self.browse().union(*latest.values())

    def _certified(self):
        """Return the inspection as a certificate states it, as plain values."""
        results = self.result_ids.filtered(
            lambda result: result.is_on_certificate and result.is_entered
        )
        return {
            "name": self.name,
            "signed": self._signed(),
            "deviation": self.state == ACCEPTED and self._deviation_message(),
            "rows": [
                samples._certificate_row()
                for samples in results.grouped("characteristic_id").values()
            ],
        }

    def _signed(self):
        """Return who has closed the inspection, and on which day."""
        done = local_day(self.completed_on, self.company_id._zone())
        who = self.completed_by.sudo().name
        return ", ".join(filter(None, (who, format_date(self.env, done))))

    def _deviation_message(self):
        return self.env._(
            "Accepted by deviation: %(failure)s. Reason: %(reason)s",
            failure="; ".join((self.failure or "").splitlines()),
            reason=self.decision,
        )

import pytz

from odoo import models


class MrpProduction(models.Model):
    """Tells the batch number what is made, and on which day."""

    _inherit = "mrp.production"

    def _prepare_stock_lot_values(self):
        day = self._batch_production_date()
        production = self.with_context(
            batch_product_id=self.product_id.id,
            batch_date=day,
            batch_codes=self._batch_codes(),
        )
        values = super(MrpProduction, production)._prepare_stock_lot_values()
        values["production_date"] = day
        return values

    def _batch_codes(self):
        """Return where it is made, by the fields of a batch pattern."""
        codes = {
            "warehouse": self.picking_type_id.warehouse_id.code,
            "operation": self.picking_type_id.sequence_code,
            "line": self.workorder_ids[-1:].workcenter_id.code,
        }
        return {name: code for name, code in codes.items() if code}

    def _batch_production_date(self):
        """Return the day the batch is made, in the company's time zone."""
        self.ensure_one()
        zone = self.company_id.partner_id.tz or self.env.user.tz or "UTC"
        started = pytz.utc.localize(self.date_start)
        return started.astimezone(pytz.timezone(zone)).date()

from datetime import timedelta

from odoo import api, fields, models

from ...tools.movement import STOCK_USAGES
from ..base.job import JobRun

#: So many lots expire between two commits of the daily job.
EXPIRY_BATCH = 500


class StockLot(models.Model):
    """A lot that expires: its dates begin with production, and end in a disposition."""

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._date_from_production(vals)
        return super().create(vals_list)

    @api.model
    def _date_from_production(self, vals):
        """Let the shelf life of a produced lot start on the day it was made."""
        product = self.env["product.product"].browse(vals.get("product_id"))
        if (
            vals.get("production_date")
            and not vals.get("expiration_date")
            and product.use_expiration_date
        ):
            made = fields.Datetime.to_datetime(vals["production_date"])
            vals["expiration_date"] = made + timedelta(days=product.expiration_time)

    @api.model
    def _cron_expire(self):
        """Put lots on hand that are past their removal date under “Expired”."""
        job = JobRun(self.env, "batch_tracking.ir_cron_expire")
        job.do(self._find_past_removal(), lambda lots: lots._expire(), EXPIRY_BATCH)

    @api.model
    def _find_past_removal(self):
        """Return released lots on hand whose removal date has passed."""
        quants = self.env["stock.quant"]._read_group(
            [
                ("removal_date", "<=", fields.Datetime.now()),
                ("quantity", ">", 0),
                ("location_id.usage", "in", STOCK_USAGES),
                ("lot_id.disposition_id", "in", self._expiring_dispositions().ids),
            ],
            aggregates=["lot_id:recordset"],
        )
        return quants[0][0]

    @api.model
    def _expiring_dispositions(self):
        """Return what gives way to “Expired”: a lot held for a reason stays held."""
        return self._disposition("released")

    def _expire(self):
        """Take lots out of what can be reserved and ask their people to remove them."""
        reason = self.env._("Its removal date has passed.")
        changed = self._set_disposition(self._disposition("expired"), reason)
        for user, lots in changed.grouped(lambda lot: lot._responsible()).items():
            lots.activity_schedule(
                "mail.mail_activity_data_todo",
                is_of_batches=True,
                user_id=user.id,
                summary=self.env._("Remove expired batch"),
                note=reason,
            )

    def _responsible(self):
        """Return who looks after a lot: the product's responsible, or the company's."""
        company = self.company_id or self.quant_ids.company_id[:1] or self.env.company
        product = self.product_id.with_company(company)
        return product.responsible_id or self.env.ref("base.user_admin")

from datetime import timedelta

from odoo import api, fields, models

from ...tools.days import at_hour, local_day

#: When the daily job runs first, by the company's clock.
HOUR = 4


class IrCron(models.Model):
    """Lets the job of dates begin in the night, when nobody is surprised by it."""

    _inherit = "ir.cron"

    @api.model
    def _begin_expiry_tonight(self):
        """Let the job run first in the night to come, by the main company's clock."""
        job = self.env.ref("batch_tracking.ir_cron_expire", raise_if_not_found=False)
        if job:
            zone = self.env.ref("base.main_company")._zone()
            tomorrow = local_day(fields.Datetime.now(), zone) + timedelta(days=1)
            job.nextcall = at_hour(tomorrow, HOUR, zone)

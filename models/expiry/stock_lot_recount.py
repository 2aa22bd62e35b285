from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..base.job import JobRun
from ..history.lot_change import KEY, LotChange
from .stock_lot_dates import EXPIRATION

RECOUNT = "batch_tracking.ir_cron_recount_ends"
#: So many lots are dated between two commits of the job.
RECOUNT_BATCH = 500


class StockLot(models.Model):
    """Lets lots end with a day that versions before let end as it began.

    Those counted the shelf life of what is produced to midnight in UTC: the afternoon
    before in Los Angeles, noon in Auckland. The job is started by an update, once.
    """

    _inherit = "stock.lot"

    @api.model
    def _cron_recount_ends(self):
        """Count anew when lots expire, and end the job when all are."""
        job = JobRun(self.env, RECOUNT)
        work = type(self)._recount_ends
        if job.do(self._ends_counted_to_midnight(), work, RECOUNT_BATCH):
            self.env["ir.cron"]._commit_progress(deactivate=not job.set_aside())

    @api.model
    def _ends_counted_to_midnight(self):
        """Return the lots that expire at the midnight in UTC that their life says.

        Not those of which somebody has written a date, nor what is over already: it
        would be released by the hours that it gains.
        """
        for model in ("stock.lot", "product.product", "product.template"):
            self.env[model].flush_model()
        self.env["stock.lot.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lot.id FROM stock_lot lot
                JOIN product_product product ON product.id = lot.product_id
                JOIN product_template template ON template.id = product.product_tmpl_id
                 AND template.use_expiration_date
                WHERE lot.expiration_date > %(now)s
                  AND lot.expiration_date
                      = lot.production_date + template.expiration_time * %(day)s
                  AND NOT EXISTS (
                    SELECT FROM stock_lot_event event
                    WHERE event.lot_id = lot.id AND event.kind = 'dates')
                ORDER BY lot.id
                """,
                now=fields.Datetime.now(),
                day=timedelta(days=1),
            )
        )
        # sudo: the job dates the lots of all companies
        return self.sudo().browse(lot_id for (lot_id,) in rows)

    def _recount_ends(self):
        """Let these lots expire as their last day ends; the other dates move along."""
        reason = self.env._(
            "Its last day ends where its company is, and not at midnight in UTC."
        )
        told = self.with_context(**{KEY: LotChange(reason)})
        for end, lots in told.grouped(
            lambda lot: lot._end_of_life(lot.production_date)
        ).items():
            lots.write({EXPIRATION: end})

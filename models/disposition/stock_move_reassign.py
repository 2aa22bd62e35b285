from odoo import api, fields, models

from ..base.job import JobRun

#: So many moves look for other lots while the user waits; more do in the background.
AT_ONCE = 100
BATCH = 50


class StockMove(models.Model):
    """Moves that lost their lots, or may get some, look for what is eligible."""

    _inherit = "stock.move"

    seeks_lots = fields.Boolean(
        copy=False, readonly=True, help="It will be reserved in the background."
    )

    _seeks_lots_idx = models.Index("(id) WHERE seeks_lots")

    def _reserve_again(self):
        """Reserve what is eligible: at once for a few moves, else in the background."""
        if len(self) <= AT_ONCE:
            self._action_assign()
            return
        self._seek_soon()

    def _seek_soon(self):
        """Let these moves reserve in the background."""
        self.seeks_lots = True
        # sudo: who holds lots need not be allowed to change jobs
        cron = self.env.ref("batch_tracking.ir_cron_reserve_again").sudo()
        cron._trigger()

    @api.model
    def _cron_reserve_again(self):
        """Reserve for the moves that wait for it, the most urgent first."""
        moves = self.search(
            [("seeks_lots", "=", True)], order="priority desc, date, id"
        )
        job = JobRun(self.env, "batch_tracking.ir_cron_reserve_again")
        job.do(moves, lambda batch: batch._seek_lots(), BATCH)

    def _seek_lots(self):
        """Reserve what is eligible for those of these moves that are still open."""
        # Before: a move that takes some at a time says by it that more is left.
        self.seeks_lots = False
        self.filtered(lambda m: m.state not in ("done", "cancel"))._action_assign()

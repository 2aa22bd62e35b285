from odoo import models
from odoo.tools import SQL

from ..genealogy.lot_sql import id_array

#: Whoever moves goods holds it together with all others who do; a launch has it alone
#: while it finds and locks its batches. Unlike locks of rows it is fair: those who come
#: later wait behind a launch that waits.
GATE = 0x5EC411
#: So long whoever moves goods waits for a launch; then Odoo starts it anew, with
#: nothing locked. Less than the second after which PostgreSQL looks for deadlocks, and
#: might end the launch.
WAIT = "800ms"
#: Where a transaction keeps the ids of the lots that it holds; a rollback forgets them.
_HELD = "batch_tracking.moving_lots"


class StockLot(models.Model):
    """Lots are either moved or recalled at one moment, and the recall never fails.

    Who moves or reserves goods locks their lots, all of them together; a launch waits
    for those who do and locks the lots alone, in the order of their ids. Who comes
    later waits for the launch, and then finds them held.
    """

    _inherit = "stock.lot"

    def _keep_from_recall(self):
        """Let no launch begin on these lots before this transaction has ended."""
        held = self.env.cr.precommit.data.setdefault(_HELD, set())
        wanted = [lot_id for lot_id in self.ids if lot_id not in held]
        if not wanted:
            return
        self.env.cr.execute(
            SQL(
                """
                SELECT set_config('batch_tracking.lock_timeout',
                                  current_setting('lock_timeout'), TRUE),
                       set_config('lock_timeout', %(wait)s, TRUE);
                SELECT pg_advisory_xact_lock_shared(%(gate)s);
                SELECT FROM stock_lot WHERE id = ANY(%(ids)s)
                ORDER BY id FOR KEY SHARE;
                SELECT set_config('lock_timeout',
                                  current_setting('batch_tracking.lock_timeout'), TRUE)
                """,
                wait=WAIT,
                gate=GATE,
                ids=id_array(wanted),
            )
        )
        held.update(wanted)

    def _lock_for_recall(self):
        """Let nobody move these lots before this transaction has ended.

        Within ``stock.recall._nobody_moving``, where nobody is doing so.
        """
        self.env.cr.execute(
            SQL(
                "SELECT FROM stock_lot WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
                id_array(self),
            )
        )

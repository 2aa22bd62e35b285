from odoo import api, models
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

    @api.model_create_multi
    def create(self, vals_list):
        lots = super().create(vals_list)
        # Nobody else sees them yet, so nobody can recall them.
        self._held_here().update(lots.ids)
        return lots

    def _held_here(self):
        return self.env.cr.precommit.data.setdefault(_HELD, set())

    def _keep_from_recall(self, products=(), names=()):
        """Let no launch begin on these lots before this transaction has ended.

        :param products: ids of product.product, of which lots are named as well
        :param names: numbers that these lots may have
        """
        held = self._held_here()
        wanted = [lot_id for lot_id in self.ids if lot_id not in held]
        if not wanted and not names:
            return
        named = SQL(
            "product_id = ANY(%s) AND name = ANY(%s)", list(products), list(names)
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT set_config('batch_tracking.lock_timeout',
                                  current_setting('lock_timeout'), TRUE),
                       set_config('lock_timeout', %(wait)s, TRUE);
                SELECT pg_advisory_xact_lock_shared(%(gate)s);
                SELECT FROM stock_lot WHERE id = ANY(%(ids)s) OR %(named)s
                ORDER BY id FOR KEY SHARE;
                SELECT set_config('lock_timeout',
                                  current_setting('batch_tracking.lock_timeout'), TRUE);
                SELECT id FROM stock_lot WHERE %(named)s
                """,
                wait=WAIT,
                gate=GATE,
                ids=id_array(wanted),
                named=named,
            )
        )
        held.update(wanted, (lot_id for (lot_id,) in rows))

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

from contextlib import contextmanager

from odoo import models, modules
from odoo.tools import SQL

from ..history.signature import signature_of, signing_on
from .stock_lot_lock import GATE


class StockRecall(models.Model):
    """A launch sees what there is at one moment, and nobody moves any of it after."""

    _inherit = "stock.recall"

    @contextmanager
    def _nobody_moving(self, alone=False):
        """Wait until nobody moves goods, and let nobody begin to meanwhile.

        All others wait for what is done meanwhile: it should be short, and lock the
        lots that it is about, see ``_keep_from_moving``.

        :param bool alone: commit what was written before, so that what is read
            meanwhile is what those have left who were moving goods until now. Without
            it, what they did since this transaction began makes Odoo start it anew.
        """
        if self.is_drill:  # touches nothing
            yield
            return
        cr = self.env.cr
        signature = signature_of(self.env)
        # Of the session, not the transaction: it outlives the commit.
        cr.execute(SQL("SELECT pg_advisory_lock(%s)", GATE))
        try:
            if alone and self._may_commit():
                self.env.cr.commit()  # pylint: disable=invalid-commit
                signing_on(self.env, signature)
            with cr.savepoint():
                yield
        finally:
            cr.execute(SQL("SELECT pg_advisory_unlock(%s)", GATE))

    def _may_commit(self):
        return not modules.module.current_test

    def _keep_from_moving(self, lot_ids):
        """Lock lots for the rest of the transaction; a drill leaves them alone."""
        if not self.is_drill:
            self.env["stock.lot"].browse(lot_ids)._lock_for_recall()

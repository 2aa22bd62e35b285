from contextlib import contextmanager

from psycopg2.extensions import TRANSACTION_STATUS_INERROR

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
        self.env.flush_all()  # what fails by itself does so before anybody waits
        # Of the session, not the transaction: it outlives the commit.
        # A job does not wait for long: it comes again, and that is no error.
        cr.execute(SQL("SELECT pg_advisory_lock(%s)", GATE), log_exceptions=False)
        try:
            if alone and self._may_commit():
                self.env.cr.commit()  # pylint: disable=invalid-commit
                signing_on(self.env, signature)
            with cr.savepoint():
                yield
        finally:
            self._open_gate()

    def _open_gate(self):
        """Let others move goods again, also if the transaction is broken.

        The lock is the session's, which outlives a rollback: whoever is given this
        connection next would hold it without knowing.
        """
        cr = self.env.cr
        if cr.connection.info.transaction_status == TRANSACTION_STATUS_INERROR:
            cr.rollback()
        cr.execute(SQL("SELECT pg_advisory_unlock(%s)", GATE))

    def _may_commit(self):
        return not modules.module.current_test

    def _keep_from_moving(self, lot_ids):
        """Lock lots for the rest of the transaction; a drill leaves them alone."""
        if not self.is_drill:
            self.env["stock.lot"].browse(lot_ids)._lock_for_recall()

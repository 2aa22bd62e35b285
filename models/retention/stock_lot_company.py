from contextlib import contextmanager

from odoo import models

from .stock_lot_retention_shortening import check_may_shorten


class StockLot(models.Model):
    """A batch that goes to another company is kept as long as it was to be."""

    _inherit = "stock.lot"

    def write(self, vals):
        if "company_id" not in vals:
            return super().write(vals)
        with self._kept_as_long():
            return super().write(vals)

    @contextmanager
    def _kept_as_long(self):
        """Let them change hands meanwhile, and go earlier by who decides that alone.

        :raises RetentionShortenedError: by anybody else
        """
        before = self._retentions()
        yield
        for lot, terms in self._retentions().items():
            if any(
                all(term._keeps_less_than(former) for term in terms)
                for former in before[lot]
            ):
                check_may_shorten(lot.with_env(self.env))

from odoo import models

from ..base.deletion import with_guards_of_core


class StockScrap(models.Model):
    """What was scrapped is told by its document as well: core keeps it."""

    _inherit = "stock.scrap"

    def unlink(self):
        return super(StockScrap, with_guards_of_core(self)).unlink()

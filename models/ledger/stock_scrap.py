from odoo import models

from ..base.deletion import with_guards_of_core
from .company import check_company_stays


class StockScrap(models.Model):
    """What was scrapped is told by its document as well: core keeps it."""

    _inherit = "stock.scrap"

    def write(self, vals):
        check_company_stays(self, vals)
        return super().write(vals)

    def unlink(self):
        return super(StockScrap, with_guards_of_core(self)).unlink()

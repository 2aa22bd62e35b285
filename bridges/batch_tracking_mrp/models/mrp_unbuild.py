from odoo import models

from odoo.addons.batch_tracking.models.base.deletion import with_guards_of_core
from odoo.addons.batch_tracking.models.ledger.company import check_company_stays


class MrpUnbuild(models.Model):
    """What was taken apart is told by its order as well: core keeps it."""

    _inherit = "mrp.unbuild"

    def write(self, vals):
        check_company_stays(self, vals)
        return super().write(vals)

    def unlink(self):
        return super(MrpUnbuild, with_guards_of_core(self)).unlink()

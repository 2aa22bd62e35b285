from odoo import models

from odoo.addons.batch_tracking.models.base.deletion import with_guards_of_core


class MrpUnbuild(models.Model):
    """What was taken apart is told by its order as well: core keeps it."""

    _inherit = "mrp.unbuild"

    def unlink(self):
        return super(MrpUnbuild, with_guards_of_core(self)).unlink()

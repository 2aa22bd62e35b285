from odoo import SUPERUSER_ID, fields, models

from .planned import Planned

#: What says which goods go where: who changes it plans the line.
PLANNED_FIELDS = (
    "product_id",
    "lot_id",
    "lot_name",
    "quant_id",
    "package_id",
    "owner_id",
    "location_id",
    "location_dest_id",
    "product_uom_id",
)


class StockMoveLine(Planned, models.Model):
    """A line knows who has planned it, so that another person takes goods out.

    Not who made the transfer: lines may be added to another's, and changed there.
    """

    _inherit = "stock.move.line"

    planned_by_id = fields.Many2one(
        "res.users",
        copy=False,
        readonly=True,
        help="Who said last which goods go where, or how many at least.",
    )

    def _plans(self, vals):
        """Tell whether ``vals`` send other goods, elsewhere, or more of them."""
        changed = [name for name in PLANNED_FIELDS if name in vals]
        return bool(self._growing(vals)) or any(
            self._fields[name].convert_to_write(line[name], line)
            != (getattr(vals[name], "id", vals[name]) or False)
            for line in self
            for name in changed
        )

    def _is_planned_by_another(self):
        """Tell whether another quality manager has planned each of these lines.

        What Odoo itself has reserved, whoever said last what to move has planned.
        """
        lots = self.env["stock.lot"]
        own = {self.env.uid, SUPERUSER_ID}
        # sudo: who planned it may be somebody whom the user does not see
        for line in self.sudo():
            planner = line.planned_by_id or line.create_uid
            if planner.id == SUPERUSER_ID:
                planner = line.move_id.planned_by_id or line.move_id.create_uid
            if planner.id in own or not lots._may_release(planner):
                return False
        return True

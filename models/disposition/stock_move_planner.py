from odoo import fields, models

from .planned import Planned

#: What says which goods a move is about, from where to where.
PLANNED_FIELDS = (
    "product_id",
    "location_id",
    "location_dest_id",
    "product_uom",
    "restrict_partner_id",
)


class StockMove(Planned, models.Model):
    """A move knows who said last what it is about: Odoo reserves it by itself."""

    _inherit = "stock.move"

    planned_by_id = fields.Many2one(
        "res.users",
        copy=False,
        readonly=True,
        help="Who said last what is moved from where to where, or more of it.",
    )

    def _plans(self, vals):
        """Tell whether ``vals`` send other goods, elsewhere, or more of them."""
        more = vals.get("product_uom_qty") or 0
        changed = [
            name for name in PLANNED_FIELDS if name in vals and name in self._fields
        ]
        return any(more > move.product_uom_qty for move in self) or any(
            move[name].id != (getattr(vals[name], "id", vals[name]) or False)
            for move in self
            for name in changed
        )

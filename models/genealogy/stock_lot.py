from odoo import api, fields, models


class StockLot(models.Model):
    """A lot knows what it was made of, and is kept as long as that."""

    _inherit = "stock.lot"

    material_ids = fields.One2many(
        "stock.lot.link", "child_lot_id", "Materials", readonly=True
    )

    @api.model
    def _history_sources(self):
        as_parent = ("stock.lot.link", "parent_lot_id", "date", [])
        as_child = ("stock.lot.link", "child_lot_id", "date", [])
        return [
            *super()._history_sources(),
            (*as_parent, self.env._("what was made of it")),
            (*as_child, self.env._("what it was made of")),
        ]

from odoo import api, models


class StockLot(models.Model):
    """A lot is kept as long as what it was made of, and what was made of it."""

    _inherit = "stock.lot"

    @api.model
    def _history_sources(self):
        as_parent = ("stock.lot.link", "parent_lot_id", "date", [])
        as_child = ("stock.lot.link", "child_lot_id", "date", [])
        return [
            *super()._history_sources(),
            (*as_parent, self.env._("what was made of it")),
            (*as_child, self.env._("what it was made of")),
        ]

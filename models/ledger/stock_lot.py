from odoo import models

from ...tools.movement import STOCK_USAGES


class StockLot(models.Model):
    """Whether there have ever been goods of a lot."""

    _inherit = "stock.lot"

    def _that_came_in(self):
        """Return those that a movement has brought into stock, from wherever."""
        # sudo: whether there are goods of it does not depend on who asks
        lines = self.env["stock.move.line"].sudo()
        groups = lines._read_group(
            [
                ("lot_id", "in", self.ids),
                ("state", "=", "done"),
                ("location_id.usage", "not in", STOCK_USAGES),
                ("location_dest_id.usage", "in", STOCK_USAGES),
            ],
            ["lot_id"],
        )
        return self.browse(lot.id for (lot,) in groups)

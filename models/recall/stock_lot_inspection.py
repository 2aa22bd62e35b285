from odoo import models


class StockLotInspection(models.Model):
    """A recall may begin with what an inspection has found."""

    _inherit = "stock.lot.inspection"

    def action_recall(self):
        """Open the preview of a recall of the batches that were inspected."""
        return self.lot_id._recall_from(self)

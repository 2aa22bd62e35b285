from odoo import models


class StockLot(models.Model):
    """Shows in exported traces how the inspections of each lot stand."""

    _inherit = "stock.lot"

    def _lot_cell_titles(self):
        return [*super()._lot_cell_titles(), self.env._("Inspection")]

    def _lot_cells(self, facts):
        state = self._inspection_label(facts["inspection"])
        return [*super()._lot_cells(facts), state]

from odoo import models


class StockRecall(models.Model):
    """Says of each new row that nobody has answered: tens of thousands at once."""

    _inherit = "stock.recall"

    def _prepare_consignees(self, consignees):
        rows = super()._prepare_consignees(consignees)
        for row in rows:
            row.update(has_answered=False, received_by_way=0.0)
        return rows

from odoo import api, models

from .stock_lot_inspection import OPEN

INSPECTIONS = "batch_tracking.stock_lot_inspection_action"


class BatchOverview(models.AbstractModel):
    """What waits to be inspected."""

    _inherit = "batch.overview"

    @api.model
    def _cards(self):
        return [
            *super()._cards(),
            *self._count_card(
                "inspect",
                self.env._("Inspections to make"),
                "stock.lot.inspection",
                [("state", "=", OPEN)],
                INSPECTIONS,
                filters=["open"],
                sequence=20,
                tone="warning",
                empty=self.env._(
                    "What is received or made by an inspection plan waits here to be "
                    "inspected."
                ),
            ),
        ]

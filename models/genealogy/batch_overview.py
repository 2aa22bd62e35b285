from odoo import api, models


class BatchOverview(models.AbstractModel):
    """Where traces end although the goods went on."""

    _inherit = "batch.overview"

    @api.model
    def _cards(self):
        return [
            *super()._cards(),
            *self._count_card(
                "gaps",
                self.env._("Trace gaps"),
                "stock.lot.gap",
                [],
                "batch_tracking.stock_lot_gap_action",
                filters=["group_by_product"],
                sequence=70,
                tone="warning",
                empty=self.env._(
                    "Every trace goes all the way. A gap shows here when something "
                    "without a batch goes into one."
                ),
            ),
        ]

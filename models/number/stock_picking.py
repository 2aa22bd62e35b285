from odoo import models


class StockPicking(models.Model):
    """Numbers new lots before anybody is asked to confirm anything."""

    _inherit = "stock.picking"

    def button_validate(self):
        self.move_line_ids._number_lots()
        return super().button_validate()

    def _sanity_check(self, separate_pickings=True):
        lines = self._get_lot_move_lines_for_sanity_check(set(), separate_pickings)
        lines._check_numbered()
        return super()._sanity_check(separate_pickings)

    def _batch_summary(self):
        """Add the numbers of the batches that began with this receipt."""
        summary = super()._batch_summary()
        lots = self.move_line_ids.filtered("lot_name").lot_id
        if not lots:
            return summary
        text = self.env._(
            "New batches: %(count)s (%(names)s).",
            count=len(lots),
            names=lots._names_label(),
        )
        return [text, *summary]

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
        lots = self._new_lots()
        if not lots:
            return summary
        text = self.env._(
            "New batches: %(count)s (%(names)s).",
            count=len(lots),
            names=lots._links_label(),
        )
        return [text, *summary]

    def _new_lots(self):
        """Return the lots that nothing had moved before this transfer."""
        lots = self.move_line_ids.lot_id
        # sudo: whether a batch was there before is no secret to who may see it
        before = (
            self.env["stock.move.line"]
            .sudo()
            ._read_group(
                [
                    ("lot_id", "in", lots.ids),
                    ("state", "=", "done"),
                    ("id", "not in", self.move_line_ids.ids),
                    ("date", "<=", self.date_done),
                ],
                ["lot_id"],
            )
        )
        known = {lot.id for (lot,) in before}
        return lots.filtered(lambda lot: lot.id not in known)

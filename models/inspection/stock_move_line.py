from odoo import models

#: How an inspection ends that somebody has made.
CLOSED = ("passed", "failed", "accepted")


class StockMoveLine(models.Model):
    """Asks for inspections of what arrives, and keeps what was inspected."""

    _inherit = "stock.move.line"

    def _action_done(self):
        result = super()._action_done()
        self.env["stock.lot.inspection"]._inspect_arrivals(self.exists())
        return result

    def _held_evidence(self):
        """An inspection that is closed is of these goods, and not of others."""
        return super()._held_evidence() | self._inspected()

    def _evidence_of(self):
        word = super()._evidence_of()
        return word or (self._inspected() and self.env._("inspected")) or ""

    def _inspected(self):
        """Return the lines by which goods came that an inspection was closed of."""
        # sudo: whoever corrects need not read inspections
        inspections = self.env["stock.lot.inspection"].sudo()
        closed = inspections.search(
            [("lot_id", "in", self.lot_id.ids), ("state", "in", CLOSED)]
        )
        by_transfer = {
            (inspection.lot_id, inspection.picking_id) for inspection in closed
        }
        nowhere = inspections.picking_id
        return self.filtered(
            lambda line: (
                (line.lot_id, line.picking_id) in by_transfer
                or ((line.lot_id, nowhere) in by_transfer and line._has_come())
            )
        )

    def _has_come(self):
        """Tell whether goods came into stock by the line: received, made, found."""
        usages = ("internal", "transit")
        return self.location_id.usage not in usages

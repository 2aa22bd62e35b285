from odoo import models

from ..history.signature import is_signing, signed


class StockPicking(models.Model):
    """A transfer out of a quarantine is signed, a receipt says what is held of it."""

    _inherit = "stock.picking"

    def _batch_summary(self):
        """Add what is held of what came in."""
        summary = super()._batch_summary()
        for disposition, lots in self._held_lots().items():
            summary.append(
                self.env._(
                    "“%(disposition)s”: %(count)s (%(names)s).",
                    disposition=disposition.name,
                    count=len(lots),
                    names=lots._links_label(),
                )
            )
        return summary

    def button_validate(self):
        if self._needs_signature():
            return self.action_validate_signed()
        return super().button_validate()

    def _needs_signature(self):
        """Tell whether the user must sign what these transfers take out, or past it."""
        if not self.env.user._signs_batches() or is_signing(self.env):
            return False
        lines = self.move_line_ids
        return bool(lines._leaving_guarded() or lines._past_what_holds())

    @signed(lambda pickings: pickings.env._("Taken out of quarantine"))
    def action_validate_signed(self):
        """Validate transfers by which goods leave a quarantine, signed."""
        return self.button_validate()

    def _held_lots(self):
        """Return ``{stock.lot.disposition: lots}`` of what came in and is held."""
        held = {}
        for line in self.move_line_ids.filtered("lot_id"):
            by = line.lot_id.disposition_id._restrictive()
            # sudo: whoever receives may read what the place imposes
            by = (
                by
                or line.location_dest_id.sudo().imposed_disposition_ids._restrictive()
            )
            if by:
                held[by[0]] = held.get(by[0], line.lot_id) | line.lot_id
        return held

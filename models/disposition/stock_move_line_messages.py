from odoo import models


class StockMoveLine(models.Model):
    """Says who holds what, since when and why."""

    _inherit = "stock.move.line"

    def _held_since_message(self, held):
        """Return who put it under its disposition, when and why, as far as known."""
        if held.place:
            source = held.place._imposing_place(held.disposition)
            who, when = source.imposed_by_id.name, source.imposed_date
            why = source.disposition_note
        else:
            event = self._holding_event()
            who, when, why = event.user_name, event.date, event.reason
        if not who or not when:
            return ""
        when = self.env["stock.lot"]._moment_text(when)
        if not why:
            return self.env._("%(who)s decided so on %(when)s.", who=who, when=when)
        return self.env._(
            "%(who)s decided so on %(when)s: “%(why)s”", who=who, when=when, why=why
        )

    def _holding_event(self):
        events = self.lot_id._last_disposition_events()
        return events.get(self.lot_id.id, self.env["stock.lot.event"])

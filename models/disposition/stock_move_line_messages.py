from odoo import models
from odoo.tools import format_datetime


class StockMoveLine(models.Model):
    """Says who holds what, since when, why, and whom to ask."""

    _inherit = "stock.move.line"

    def _forbidden_message(self, held):
        """Return the refusal of a movement.

        :param Held held: what forbids it
        """
        field = held.disposition._fields[f"allow_{held.purpose}"]
        words = {
            "lot": self.lot_id.name or self.product_id.display_name,
            "product": self.product_id.display_name,
            "disposition": held.disposition.name,
            "permission": field.get_description(self.env, ["string"])["string"],
            "place": held.place.display_name,
            "since": self._held_since(held),
            "who": self.env["stock.lot"]._releasers_in_words(self.company_id),
        }
        if held.place:
            return self.env._(
                "Batch %(lot)s of %(product)s lies in %(place)s, where everything is "
                "“%(disposition)s”, which does not permit “%(permission)s”. %(since)s "
                "Choose another batch, or ask a quality manager to take it out: "
                "%(who)s.",
                **words,
            )
        return self.env._(
            "Batch %(lot)s of %(product)s is “%(disposition)s”, which does not permit "
            "“%(permission)s”. %(since)s Choose another batch, or ask a quality "
            "manager to release it: %(who)s.",
            **words,
        )

    def _held_since(self, held):
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
        words = {"who": who, "when": format_datetime(self.env, when)}
        if not why:
            return self.env._("%(who)s decided so on %(when)s.", **words)
        return self.env._(
            "%(who)s decided so on %(when)s: “%(why)s”.", why=why, **words
        )

    def _holding_event(self):
        events = self.lot_id._last_disposition_events()
        return events.get(self.lot_id.id, self.env["stock.lot.event"])

from odoo import api, fields, models

#: What stands in the way most is said first.
LEVELS = ("danger", "warning", "info")


class StockLot(models.Model):
    """A lot that says at the top of its form how it stands, and what ends that.

    Rooms that know more extend ``_banner_actions`` and ``_banner_notices``.
    """

    _inherit = "stock.lot"

    banner = fields.Json(compute="_compute_banner", string="How it stands")

    @api.depends("disposition_id")
    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    def _compute_banner(self):
        events = self._origin._last_disposition_events()
        for lot in self:
            stored = lot._origin
            lot.banner = stored and stored._banner(events.get(stored.id))

    def _banner(self, event):
        """Return what the form shows.

        :param event: stock.lot.event of its last change of disposition, or None
        :return: dict with ``name``, ``color``, ``level`` (success, info, warning or
            danger), ``text`` (since when, by whom, why), ``advice`` (whom to ask),
            ``actions`` and ``notices``, as those methods return them
        """
        self.ensure_one()
        disposition = self.disposition_id
        return {
            "name": disposition.name,
            "color": disposition.color,
            "level": disposition._level(),
            "text": self._disposition_since(event) if event else "",
            "advice": self._banner_advice(),
            "actions": self._banner_actions(),
            "notices": sorted(
                self._banner_notices(),
                key=lambda notice: LEVELS.index(notice["level"]),
            ),
        }

    def _disposition_since(self, event):
        """Return since when, by whom and why it is under its disposition."""
        words = {"when": self._moment_text(event.date), "who": event.user_name}
        if not event.reason:
            return self.env._("Since %(when)s, by %(who)s.", **words)
        return self.env._(
            "Since %(when)s, by %(who)s: “%(why)s”", why=event.reason, **words
        )

    def _may_end_disposition(self):
        """Tell whether the user may take the lot out of its disposition."""
        guarded = self.disposition_id.needs_quality_right
        return self.has_access("write") and (not guarded or self._may_release())

    def _banner_advice(self):
        """Return whom to ask, for those who may not end the lot's disposition."""
        if not self.is_restricted or self._may_end_disposition():
            return ""
        return self.env._(
            "A quality manager releases it: ask %(who)s.",
            who=self._releasers_label(self.company_id or self.env.company),
        )

    def _banner_actions(self):
        """Return the buttons that end its disposition.

        :return: list of dicts with ``name`` (a method of stock.lot), ``label`` and
            ``style`` (a class of Bootstrap's buttons)
        """
        return []

    def _banner_notices(self):
        """Return what else is to be known before the lot is used.

        :return: list of dicts with ``text``, ``level`` and ``actions``
        """
        places = self._quantities_by_place().get(self.id, [])
        return [
            self._place_notice(place, quantity)
            for place, quantity in places
            if place.imposed_disposition_ids
        ]

    def _place_notice(self, place, quantity):
        """Return the notice that some of it lies where a disposition is imposed."""
        strictest = place.imposed_disposition_ids._strictest()
        text = self.env._(
            "%(quantity)s of it in %(place)s, where everything is “%(disposition)s”.",
            quantity=self._quantity_text(quantity),
            place=place.display_name,
            disposition=strictest.name,
        )
        return {"text": text, "level": strictest._level(), "actions": []}

from odoo import api, fields, models

from ..disposition.stock_lot_banner import LEVELS

#: How a recall stands, as a colour of Odoo's palette and a level of the banner.
COLORS = {"draft": 4, "progress": 1, "monitoring": 3, "closed": 10, "cancelled": 0}
STAND = {
    "draft": "info",
    "progress": "danger",
    "monitoring": "warning",
    "closed": "success",
    "cancelled": "info",
}


class StockRecall(models.Model):
    """A recall that says at the top of its form how it stands, and what to do next.

    Rooms that know more extend ``_next_steps``.
    """

    _inherit = "stock.recall"

    banner = fields.Json(compute="_compute_banner", string="What to do next")

    @api.depends("state", "unstopped", "leak_units", "leak_date")
    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    def _compute_banner(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for recall in self:
            stored = recall._origin
            recall.banner = stored and {
                "name": labels[recall.state],
                "color": 4 if recall.is_drill else COLORS[recall.state],
                "level": "info" if recall.is_drill else STAND[recall.state],
                "text": stored._standing(),
                "advice": "",
                "actions": [],
                "notices": sorted(
                    stored._next_steps(),
                    key=lambda notice: LEVELS.index(notice["level"]),
                ),
            }

    def _standing(self):
        """Return in one sentence how the recall stands."""
        if self.state == "draft":
            return self.env._("Nothing is stopped yet. Launch it, or cancel it.")
        if self.state == "cancelled":
            return self.env._("Cancelled: “%s”", self.cancel_reason or "")
        words = {
            "when": self.env["stock.lot"]._moment_text(self.date_start),
            "who": self.launch_user_id.sudo().name or self.user_id.sudo().name or "",
        }
        if self.is_drill:
            text = self.env._(
                "A drill, launched on %(when)s by %(who)s: nothing is stopped.", **words
            )
        else:
            text = self.env._("Launched on %(when)s by %(who)s.", **words)
        return text

    def _next_steps(self):
        """Return what is to be done or known, as the banner's ``notices``.

        :return: list of dicts with ``text``, ``level`` (danger, warning, info) and
            ``actions``: dicts with ``name`` (a method), ``label``, ``style``
        """
        if not self._is_open() or self.is_drill:
            return []
        notices = self._unstopped_notices()
        if self.leak_units:
            notices.append(self._leak_notice())
        return notices

    def _leak_notice(self):
        show = {"name": "action_open_leaks", "label": self.env._("Show")}
        actions = [{**show, "style": "btn-danger"}]
        return {"text": self.leak_statement, "level": "danger", "actions": actions}

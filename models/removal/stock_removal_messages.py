import pytz

from odoo import api, models
from odoo.tools import format_date, format_datetime

from ...tools.days import local_day
from ...tools.removal.remaining_life import Requirement, remaining_days


class StockRemoval(models.AbstractModel):
    """Says why a lot was skipped."""

    _inherit = "stock.removal"

    @api.model
    def _reason(self, code, lot, useful_until, need, requirement):
        sentence = {
            "held": self._reason_held,
            "place": self._reason_place,
            "removal": self._reason_removal,
            "expired": self._reason_expired,
            "short": self._reason_short,
            "undated": self._reason_undated,
            "unproduced": self._reason_unproduced,
        }.get(code)
        if sentence:
            return sentence(lot, useful_until, need, requirement)
        return super()._reason(code, lot, useful_until, need, requirement)

    def _reason_held(self, lot, _useful_until, need, _requirement):
        # sudo: the word for it, for people who may not read quality's configuration
        disposition = lot.sudo().disposition_id
        if disposition._allows(need.purpose):
            return self.env._("It was not permitted at that time.")
        return self.env._(
            "It is “%(disposition)s”, which does not permit “%(permission)s”.",
            disposition=disposition.name,
            permission=disposition._permission_label(need.purpose),
        )

    def _reason_place(self, _lot, _useful_until, _need, _requirement):
        return self.env._(
            "It lies in a location that does not let it be taken for this."
        )

    def _reason_removal(self, lot, _useful_until, need, _requirement):
        return self.env._(
            "Its removal date, %(removal)s, comes before %(day)s.",
            removal=self._moment(lot.removal_date, need),
            day=self._moment(need.moment, need),
        )

    def _reason_expired(self, lot, _useful_until, need, _requirement):
        over = lot.effective_expiration_date
        if over and over >= need.moment:
            return self.env._(
                "It expires on its way: on %(over)s, and arrives on %(day)s.",
                over=self._day(over, need),
                day=format_date(self.env, need.arrival),
            )
        return self.env._(
            "It expires before it is needed: on %(over)s, and is needed on %(day)s.",
            over=self._moment(over, need),
            day=self._moment(need.moment, need),
        )

    def _reason_short(self, _lot, useful_until, need, requirement):
        last = local_day(useful_until, pytz.timezone(need.zone))
        return self.env._(
            "%(left)s days left on %(day)s, until %(last)s; asked for: %(asked)s.",
            last=format_date(self.env, last),
            left=remaining_days(last, need.arrival),
            day=format_date(self.env, need.arrival),
            asked=self._requirement_label(requirement),
        )

    def _reason_undated(self, _lot, _useful_until, _need, requirement):
        return self.env._(
            "It has no expiration date, so nobody can tell whether it has %(asked)s.",
            asked=self._requirement_label(requirement),
        )

    def _reason_unproduced(self, _lot, _useful_until, _need, requirement):
        return self.env._(
            "It has no production date, so nobody can tell whether it has %(asked)s.",
            asked=self._requirement_label(requirement),
        )

    @api.model
    def _requirement_label(self, requirement):
        """Return what a ``Requirement`` asks for, such as “20 days”."""
        texts = {
            "days": self.env._("%(amount)g days"),
            "percent": self.env._("%(amount).3g %% of its life"),
            "above_days": self.env._("more than %(amount)g days (margin)"),
            "above_percent": self.env._(
                "more than %(amount).3g %% of its life (margin)"
            ),
        }
        stated = zip(Requirement._fields, requirement, strict=True)
        asked = [
            texts[name] % {"amount": amount}
            for name, amount in stated
            if amount or (name == "above_days" and amount is not None)
        ]
        return self.env._(" and ").join(asked) or self.env._("nothing")

    @api.model
    def _day(self, moment, need):
        if not moment:
            return "–"
        return format_date(self.env, local_day(moment, pytz.timezone(need.zone)))

    @api.model
    def _moment(self, moment, need):
        """Return day and time: what is over in the morning is not at noon."""
        if not moment:
            return "–"
        return format_datetime(self.env, moment, tz=need.zone, dt_format="short")

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date

from .exceptions import LoweringIsNotWrittenError, ReleasesWaitError

#: So long one person waits for another who switches off the same.
DAYS = 7


class ResCompany(models.Model):
    """Says whether releasing takes two people, and takes two to say otherwise.

    Where two people release, what stands before a release is switched off by two batch
    administrators: the first write asks for it and changes nothing, the second one, by
    somebody else within a week, does it. Both leave an event.
    """

    _inherit = "res.company"

    batch_release_four_eyes = fields.Boolean(
        "Two people release",
        help="One quality manager proposes to release a held batch, another one "
        "approves it.",
    )
    batch_lowering_asked = fields.Json(
        copy=False,
        readonly=True,
        help="Who asked when to switch off which setting: {field: [user id, date]}.",
    )
    batch_lowering_note = fields.Char(compute="_compute_batch_lowering_note")

    @api.depends("batch_lowering_asked")
    def _compute_batch_lowering_note(self):
        for company in self:
            company.batch_lowering_note = " ".join(
                self.env._(
                    "%(who)s wants to switch off “%(setting)s”. Another batch "
                    "administrator does so by switching it off as well, until "
                    "%(date)s.",
                    who=user.name,
                    setting=self._fields[name]._description_string(self.env),
                    date=format_date(self.env, date + timedelta(days=DAYS)),
                )
                for name, (user, date) in company._lowering_asked().items()
            )

    def _lowering_asked(self):
        """Return who asks now to switch off what: ``{field: (user, date)}``."""
        today, users = fields.Date.today(), self.env["res.users"].sudo()
        asked = {
            name: (users.browse(user_id).exists(), fields.Date.to_date(date))
            for name, (user_id, date) in (
                self.sudo().batch_lowering_asked or {}
            ).items()
        }
        return {
            name: (user, date)
            for name, (user, date) in asked.items()
            if user and date + timedelta(days=DAYS) >= today
        }

    def _audited_settings(self):
        return [*super()._audited_settings(), "batch_release_four_eyes"]

    @api.model
    def _guarding_settings(self):
        return [*super()._guarding_settings(), "batch_release_four_eyes"]

    @api.model_create_multi
    def create(self, vals_list):
        self._check_asked_is_not_written(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_asked_is_not_written(vals)
        if not self._lowered_by(vals):
            return super().write(vals)
        for company in self:
            super(ResCompany, company).write(company._lowered_by_two(vals))
        return True

    def _check_asked_is_not_written(self, *vals_list):
        if any("batch_lowering_asked" in vals for vals in vals_list):
            raise LoweringIsNotWrittenError(self[:1])

    def _lowered_by_two(self, vals):
        """Return what to write instead of ``vals``: what needs a second person waits.

        :raises SettingIsLoweredError: for others than batch administrators
        :raises ReleasesWaitError: while releases wait for the second person
        """
        names = self._lowered_by(vals)
        self._check_may_lower(names)
        if "batch_release_four_eyes" in names:
            self._check_no_release_waits()
        # sudo: who administers batches may not read every company
        if self.env.uid == SUPERUSER_ID or not self.sudo().batch_release_four_eyes:
            return vals
        asked = self._lowering_asked()
        alone = [name for name in names if self._asks_alone(asked.get(name))]
        first = [name for name in alone if name not in asked]
        self._note_asked(first)
        now = [self.env.uid, fields.Date.to_string(fields.Date.today())]
        # What was asked before counts from then on, and what is done is asked no more.
        kept = {name: was for name, was in self._asked().items() if name not in names}
        kept |= {name: self._asked()[name] for name in alone if name in asked}
        kept |= dict.fromkeys(first, now)
        others = {name: value for name, value in vals.items() if name not in alone}
        return {**others, "batch_lowering_asked": kept}

    def _asked(self):
        return self.sudo().batch_lowering_asked or {}

    def _asks_alone(self, asked):
        return not asked or asked[0] == self.env.user

    def _check_no_release_waits(self):
        # sudo: what waits waits, whoever may read it
        decisions = self.env["stock.lot.decision"].sudo()
        waiting = decisions.search(
            [("state", "=", "proposed"), ("company_id", "=", self.id)]
        )
        if waiting:
            raise ReleasesWaitError(self, waiting)

    def _note_asked(self, names):
        # sudo: whoever changes a setting leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    self.env["stock.lot"],
                    "setting",
                    self._fields[name]._description_string(self.env),
                    self._setting_as_text(name),
                    self.env._("Switching it off was asked for"),
                    document=self,
                    company_id=self.id,
                )
                for name in names
            ]
        )

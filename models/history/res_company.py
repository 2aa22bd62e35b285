from odoo import SUPERUSER_ID, api, fields, models

from ..base.groups import BATCH_ADMINISTRATOR
from .exceptions import SettingIsLoweredError


class ResCompany(models.Model):
    """Says whether holds and releases are signed, and remembers who changed what."""

    _inherit = "res.company"

    batch_sign = fields.Boolean(
        "Sign holds and releases with the password",
        help="Whoever holds or releases a batch types the password. The history then "
        "says what was signed.",
    )

    @api.model
    def _audited_settings(self):
        """Return the names of the settings whose change leaves an event."""
        return ["batch_sign"]

    @api.model
    def _guarding_settings(self):
        """Return the names of the settings that stand before a release."""
        return ["batch_sign"]

    def _lowered_by(self, vals):
        """Return the names of the guarding settings that ``vals`` switch off."""
        return [
            name
            for name in self._guarding_settings()
            if name in vals and not vals[name] and any(self.sudo().mapped(name))
        ]

    def _check_may_lower(self, names):
        """Refuse to switch off what stands before a release without the right.

        :param list names: guarding settings
        :raises SettingIsLoweredError: for others than batch administrators
        """
        user = self.env.user
        if user.id == SUPERUSER_ID or user.has_group(BATCH_ADMINISTRATOR):
            return
        for name in names:
            raise SettingIsLoweredError(self[:1], name)

    def write(self, vals):
        self._check_may_lower(self._lowered_by(vals))
        names = [name for name in self._audited_settings() if name in vals]
        before = self._settings_as_text(names)
        result = super().write(vals)
        after = self._settings_as_text(names)
        if before != after:
            self._note_settings(before, after)
        return result

    def _settings_as_text(self, names):
        """Return ``{(company, field): value as people read it}``."""
        return {
            (company, name): company._setting_as_text(name)
            for company in self.sudo()
            for name in names
        }

    def _setting_as_text(self, name):
        if self._fields[name].relational:
            return self[name].display_name or ""
        return self.env._("Yes") if self[name] else self.env._("No")

    def _note_settings(self, before, after):
        # sudo: whoever changes a setting leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    self.env["stock.lot"],
                    "setting",
                    self._fields[name]._description_string(self.env),
                    old,
                    after[company, name],
                    document=company,
                    company_id=company.id,
                )
                for (company, name), old in before.items()
                if old != after[company, name]
            ]
        )

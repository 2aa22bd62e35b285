from odoo import fields, models

HOURS_OF_A_DAY = 24
#: Settings whose change leaves an event.
AUDITED = ("batch_sign", "batch_retention_id")


class ResCompany(models.Model):
    """What all batches of a company have in common."""

    _inherit = "res.company"

    batch_day_start = fields.Float(
        "Production day starts at",
        help="Time of day, in the company's time zone, at which a new production day "
        "begins. With 06:00, what a night shift makes at three in the morning belongs "
        "to the day before; with 22:00, the evening belongs to the next day.",
    )
    batch_sign = fields.Boolean(
        "Sign holds and releases with the password",
        help="Whoever holds or releases a batch types the password. The history then "
        "says what was signed.",
    )
    batch_retention_id = fields.Many2one(
        "stock.lot.retention",
        "Keep batches for",
        ondelete="restrict",
        help="How long batches that have a history cannot be deleted. Empty: for ever. "
        "A product category may say something else.",
    )

    batch_release_four_eyes = fields.Boolean(
        "Two people release",
        help="One quality manager proposes to release a held batch, another one "
        "approves it.",
    )

    _batch_day_start_is_an_hour = models.Constraint(
        f"CHECK(batch_day_start >= 0 AND batch_day_start < {HOURS_OF_A_DAY})",
        "The production day starts at a time between 00:00 and 23:59.",
    )

    def write(self, vals):
        names = [name for name in AUDITED if name in vals]
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
                    *(old, after[company, name]),
                    document=company,
                    company_id=company.id,
                )
                for (company, name), old in before.items()
                if old != after[company, name]
            ]
        )

import pytz

from odoo import SUPERUSER_ID, models
from odoo.tools import ormcache


class ResCompany(models.Model):
    """Where a company is: its days begin and end by its own clock."""

    _inherit = "res.company"

    def _zone(self):
        """Return the time zone of the company's contact, as one of pytz.

        Where the contact has none, the user's; where Odoo itself works, the
        administrator's; else UTC.
        """
        return pytz.timezone(self._zone_name())

    @ormcache("self.id", "self.env.uid")
    def _zone_name(self):
        """Return the name of the zone; forgotten when a contact's zone is written.

        Remembered, as every reservation and every order asks.
        """
        # sudo: which clock counts is no secret
        return self.sudo().partner_id.tz or self._users_zone() or "UTC"

    def _users_zone(self):
        user = self.env.user
        if user.id == SUPERUSER_ID:
            # Unlike ``env.ref``, no query once it is known: every order asks.
            found = self.env["ir.model.data"]._xmlid_to_res_id("base.user_admin")
            user = user.browse(found or user.id)
        return user.sudo().tz

    def write(self, vals):
        result = super().write(vals)
        if {"partner_id", "currency_id"} & vals.keys():
            # Zones are remembered, and whether companies count in several currencies.
            self.env.registry.clear_cache()
        return result

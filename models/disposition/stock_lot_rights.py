from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError

from ..base.groups import BATCH_USER, QUALITY_MANAGER

#: How many people a message names.
FEW = 3


class StockLot(models.Model):
    """Who may release a lot, and whether one person is enough."""

    _inherit = "stock.lot"

    @api.model
    def _is_system(self):
        """Tell whether no person acts, but Odoo itself."""
        return self.env.uid == SUPERUSER_ID

    def _check_may_hold(self):
        """Refuse who may only look at these lots.

        :raises AccessError: naming whom to ask
        """
        self.check_access("read")
        if self.env.su or self.env.user.has_group(BATCH_USER):
            return
        raise AccessError(
            self.env._(
                "You may look at batches. Ask a batch user to put them on hold, or "
                "%(who)s.",
                who=self._releasers_label(self.company_id or self.env.company),
            )
        )

    @api.model
    def _may_release(self, user=None):
        """Tell whether ``user``, by default the current one, has the quality right."""
        user = user or self.env.user
        return user.id == SUPERUSER_ID or user.has_group(QUALITY_MANAGER)

    @api.model
    def _needs_four_eyes(self, companies):
        """Tell whether two people release in one of ``companies``.

        For goods that all companies share, whether they do in any company.
        """
        # sudo: whoever releases need not see all companies
        companies = companies.sudo()
        if companies:
            return any(companies.mapped("batch_release_four_eyes"))
        strict = [("batch_release_four_eyes", "=", True)]
        return bool(companies.search_count(strict, limit=1))

    @api.model
    def _releasers(self, companies):
        """Return the people who may release for ``companies``, without Odoo itself."""
        group = self.env.ref(QUALITY_MANAGER)
        # sudo: to name whom to ask, which is all that is told of them
        users = group.sudo().all_user_ids
        users = users.filtered(lambda user: user.active and user.id != SUPERUSER_ID)
        return users.filtered(lambda user: companies <= user.company_ids)

    @api.model
    def _releasers_label(self, companies):
        """Return the names of a few of those who may release for ``companies``."""
        return self._people_label(self._releasers(companies))

    @api.model
    def _people_label(self, users):
        """Return the names of a few of ``users``, who may release."""
        names = users.mapped("name")
        if not names:
            return self.env._("your administrator: nobody is quality manager yet")
        named, others = ", ".join(names[:FEW]), len(names) - FEW
        if others == 1:
            return self.env._("%(names)s or 1 other", names=named)
        if others > 0:
            return self.env._(
                "%(names)s or %(count)s others", names=named, count=others
            )
        return named

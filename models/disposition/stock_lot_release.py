from odoo import api, models

from ..history.exceptions import SignatureNeededError
from ..history.signature import is_signing
from .exceptions import ReleaseNotAllowedError, SecondPersonNeededError
from .release import Release


class StockLot(models.Model):
    """The one function that every release passes; the event is left by who writes."""

    _inherit = "stock.lot"

    @api.model
    def _check_release(self, release):
        """Refuse a release without the right, a second person, or a signature.

        :param Release release: what would be released, and what refusals say
        :raises ReleaseNotAllowedError: without the right
        :raises SecondPersonNeededError: where another person is needed
        :raises SignatureNeededError: where it is to be signed, and is not
        """
        self._check_release_right(release)
        self._check_release_by_two(release)
        self._check_release_signed(release.subject)

    @api.model
    def _check_release_right(self, release):
        if not self._may_release():
            raise ReleaseNotAllowedError(
                release.ask, release.disposition, release.subject
            )

    @api.model
    def _check_release_by_two(self, release):
        if release.is_second or self._is_system():
            return
        if self._needs_four_eyes(release.companies):
            raise SecondPersonNeededError(
                release.propose, release.disposition, release.subject
            )

    @api.model
    def _check_release_signed(self, subject):
        """Refuse a person's change that was not signed, whatever way it came.

        :param subject: the record that would change, one
        """
        if self._is_system() or not self.env.user._signs_batches():
            return
        if not is_signing(self.env):
            raise SignatureNeededError(self.env, subject)

    def _release_by(self, disposition=None, is_second=False):
        """Return the ``Release`` of this lot from its disposition.

        :param disposition: another one that holds it, such as its place's
        """
        self.ensure_one()
        disposition = disposition or self.disposition_id
        return Release(
            disposition,
            self,
            self.company_id,
            ask=self.env._(
                "Batch %(lot)s is “%(disposition)s”. Only a quality manager may change "
                "that: ask one of them to release it, %(who)s.",
                lot=self.display_name,
                disposition=disposition.name,
                who=self._releasers_label(self.company_id or self.env.company),
            ),
            propose=self.env._(
                "Two people release batch %(lot)s from “%(disposition)s”. Propose "
                "it by “Hold or release”; another quality manager approves it.",
                lot=self.name,
                disposition=disposition.name,
            ),
            is_second=is_second,
        )

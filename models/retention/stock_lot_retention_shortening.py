from odoo import models

from ..base.groups import QUALITY_MANAGER
from .exceptions import RetentionShortenedError

#: Who may let batches be deleted earlier.
DECIDING = (QUALITY_MANAGER, "base.group_system")
TERMS = ("months", "months_after_expiry")


def check_may_shorten(subject):
    """Refuse that batches may go earlier, to who does not decide about that.

    :param subject: the record by which they would
    :raises RetentionShortenedError: without the right
    """
    if not subject.env.su and not any(map(subject.env.user.has_group, DECIDING)):
        raise RetentionShortenedError(subject)


class StockLotRetention(models.Model):
    """A term that is shortened lets batches go that were kept: that is decided."""

    _inherit = "stock.lot.retention"

    def write(self, vals):
        if not vals.keys() & {*TERMS}:
            return super().write(vals)
        for term in self:
            if term._is_shortened_by(vals) and term._chosen_by():
                check_may_shorten(term)
        before = {term: term._as_text() for term in self}
        result = super().write(vals)
        for term, old in before.items():
            if old != term._as_text():
                term._note_change(old)
        return result

    def _is_shortened_by(self, vals):
        return any(name in vals and (vals[name] or 0) < self[name] for name in TERMS)

    def _keeps_less_than(self, other):
        """Tell whether batches may go earlier than by another term; none: for ever."""
        if not self or self == other:
            return False
        return not other or any(self[name] < other[name] for name in TERMS)

    def _chosen_by(self):
        """Return the companies whose batches these terms are for."""
        # sudo: what holds does not depend on who asks
        of_lots = [("batch_retention_id", "in", self.ids)]
        chosen = self.env["res.company"].sudo().search(of_lots)
        if self.env["product.category"].sudo().search_count(of_lots, limit=1):
            chosen |= chosen.search([("id", "!=", False)])
        return chosen

    def _as_text(self):
        return self.env._(
            "%(months)s months, %(after)s after expiration",
            months=self.months,
            after=self.months_after_expiry,
        )

    def _note_change(self, before):
        # sudo: whoever changes a term leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        events.create(
            [
                events._note(
                    self.env["stock.lot"],
                    "setting",
                    self.env._("Retention"),
                    before,
                    self._as_text(),
                    document=self,
                    company_id=company.id,
                )
                for company in self._chosen_by() or self.env.company
            ]
        )

from odoo import models
from odoo.tools import format_date

from ...tools.days import local_day
from ..inspection.stock_lot_inspection import ACCEPTED, FAILED, PASSED
from ..inspection.stock_lot_verdict import SAME_GOODS

CERTIFIED = (PASSED, ACCEPTED, FAILED)


class StockLot(models.Model):
    """Whether a lot may be used, as a sentence: what was found, and who released it."""

    _inherit = "stock.lot"

    def _closed_inspections(self):
        """Return the inspections of these lots that are closed, the first first."""
        return self.env["stock.lot.inspection"].search(
            [("lot_id", "in", self.ids), ("state", "in", CERTIFIED)],
            order="completed_on, id",
        )

    def _made_from_when(self):
        """Return ``{lot: {what operations have made it of: when at last}}``.

        Of these lots, and of all that they were made of.
        """
        # sudo: what it was made of, it was made of whoever asks
        links = self.env["stock.lot.link"].sudo()
        lots = self._made_of()
        found = links.search(
            [("child_lot_id", "in", lots.ids), ("kind", "in", SAME_GOODS)],
            order="date, id",
        )
        steps = {}
        for link in found.with_env(self.env):
            of_lot = steps.setdefault(link.child_lot_id, {})
            of_lot[link.parent_lot_id] = link.date
        return steps

    def _certificate_verdict(self, finding):
        """Return the sentence, and whether all is as it should be.

        :param Finding finding: what inspections have found
        """
        may_leave = self.disposition_id.allow_deliver
        doubt = (
            finding.failed
            or finding.failed_before
            or finding.uninspected
            or finding.open
        )
        if not finding.closed:
            verdict = self.env._("No inspection of this batch has been completed.")
        elif not may_leave:
            verdict = self.env._(
                "This batch is not released: %s.", self.disposition_id.name
            )
        elif doubt:
            verdict = self._doubtful_message(finding)
        else:
            verdict = self._released_message(finding)
        return {
            "verdict": verdict,
            "is_good": bool(finding.closed) and may_leave and not doubt,
        }

    def _doubtful_message(self, finding):
        """Return what speaks against goods that may leave, and who released them."""
        if finding.failed:
            return self._failed_message(finding)
        if finding.failed_before:
            return self._failed_before_message(finding)
        if finding.uninspected:
            return self.env._(
                "Not all of this batch has been inspected: %s has not.",
                ", ".join(finding.uninspected.mapped("name")),
            )
        return self.env._(
            "The inspection of this batch is not complete: %s is still open.",
            ", ".join(finding.open.mapped("name")),
        )

    def _failed_message(self, finding):
        names = ", ".join(finding.failed.mapped("name"))
        release = self._release_message(finding, finding.failed)
        if not release:
            return self.env._(
                "This batch does not meet its specification (%s), and is not held for "
                "it.",
                names,
            )
        return self.env._(
            "This batch does not meet its specification (%(inspections)s). %(release)s",
            inspections=names,
            release=release,
        )

    def _failed_before_message(self, finding):
        sentence = self.env._(
            "An inspection of this batch failed (%(failed)s); inspected again, it "
            "meets its specification.",
            failed=", ".join(finding.failed_before.mapped("name")),
        )
        release = self._release_message(finding, finding.failed_before)
        return f"{sentence} {release}".strip()

    def _release_message(self, finding, failed):
        """Return who released it since it had failed, when and why; empty if nobody."""
        event = self._releasing_event(finding)
        if not event or event.date < max(failed.mapped("completed_on")):
            return ""
        words = {"who": event.user_name, "when": self._day_text(event.date)}
        if not event.reason:
            return self.env._(
                "It was released all the same: %(who)s, %(when)s.", **words
            )
        return self.env._(
            "It was released all the same: %(who)s, %(when)s. Reason: %(reason)s",
            reason=event.reason,
            **words,
        )

    def _released_message(self, finding):
        event = self._releasing_event(finding)
        if event:
            released = f"{event.user_name}, {self._day_text(event.date)}"
        else:
            released = finding.shown.sorted("completed_on")[-1:]._signed()
        if ACCEPTED in finding.shown.mapped("state"):
            return self.env._("This batch is released by deviation: %s.", released)
        return self.env._(
            "This batch meets its specification and is released: %s.", released
        )

    def _releasing_event(self, finding):
        """Return the event that put these goods under what they are, or none.

        If nothing has befallen them under their number, it is what had befallen what
        they were made of, until then.
        """
        # sudo: who released goods is no secret to who certifies them
        events = self.env["stock.lot.event"].sudo()
        befell = finding.same_goods._disposition_event_domain()
        by_lot = events.search(befell, order="date desc, id desc").grouped("lot_id")
        for lot, until in finding.until.items():
            for event in by_lot.get(lot.sudo(), ()):
                if not until or event.date <= until:
                    return event
        return events

    def _day_text(self, moment):
        """Return the day of a moment as people read it, where the lot's company is."""
        return format_date(self.env, local_day(moment, self._home_company()._zone()))

from datetime import datetime, time, timedelta

from pytz import utc

from odoo import models

from ...tools.agenda.working_days import WorkDays

#: A day of which so much is free counts as a holiday: not an early close.
FREE = timedelta(hours=6)
WEEK = frozenset(range(7))


class ResCompany(models.Model):
    """When a company works: what deadlines in working days are counted by."""

    _inherit = "res.company"

    def _recall_work_days(self):
        """Return the ``WorkDays`` of the company's working hours.

        Its days of the week, and the public holidays: time off of nobody in
        particular. Without working hours, Monday to Friday.
        """
        self.ensure_one()
        # sudo: when a company works is no secret to who sees its deadlines
        calendar = self.sudo().resource_calendar_id
        worked = {int(line.dayofweek) for line in calendar.attendance_ids}
        weekend = WEEK - worked if worked else WorkDays().weekend
        return WorkDays(frozenset(self._holidays(calendar)), frozenset(weekend))

    def _holidays(self, calendar):
        zone = self._zone()
        leaves = calendar.env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("company_id", "in", [False, self.id]),
                ("calendar_id", "in", [False, calendar.id]),
            ]
        )
        for leave in leaves:
            first = utc.localize(leave.date_from).astimezone(zone)
            last = utc.localize(leave.date_to).astimezone(zone)
            for number in range((last.date() - first.date()).days + 1):
                day = first.date() + timedelta(days=number)
                begin = zone.localize(datetime.combine(day, time()))
                end = zone.localize(datetime.combine(day + timedelta(days=1), time()))
                if min(last, end) - max(first, begin) >= FREE:
                    yield day

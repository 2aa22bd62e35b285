from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..base.job import JobRun
from .stock_recall_notice_mail import CRON

FOLLOW_UP = "batch_tracking.ir_cron_recall_follow_up"
#: More reminders nobody reads.
MOST_WAVES = 10
#: Days.
LONGEST_WAIT = 999


class StockRecall(models.Model):
    """Reminds those who do not answer, so many days after they were told."""

    _inherit = "stock.recall"

    notice_waves = fields.Char(
        "Remind after (days)",
        default="3, 7",
        help="Days after a notice was sent, with commas between. Who has not answered "
        "by then gets a reminder by mail.",
    )

    def _editable_fields(self):
        return super()._editable_fields() | {"notice_waves"}

    @api.constrains("notice_waves")
    def _check_notice_waves(self):
        for recall in self:
            days = recall._wave_days()
            if days is None or len(days) > MOST_WAVES:
                raise ValidationError(
                    self.env._(
                        "“%s” are no days. Enter whole numbers with commas between, "
                        "such as 3, 7.",
                        recall.notice_waves,
                    )
                )

    def _wave_days(self):
        """Return after how many days each reminder goes; None if that is no list."""
        parts = [part.strip() for part in (self.notice_waves or "").split(",")]
        parts = [part for part in parts if part]
        if not all(map(_is_days, parts)):
            return None
        return sorted({int(part) for part in parts})

    @api.model
    def _cron_follow_up(self):
        """Queue the reminders that are due, recall by recall."""
        job = JobRun(self.env, FOLLOW_UP)
        running = self.search(
            [
                ("state", "in", ("progress", "monitoring")),
                ("is_drill", "=", False),
                ("notice_waves", "!=", False),
            ]
        )
        job.do(running, lambda recalls: recalls._remind(), size=1)

    def _remind(self):
        """Queue a reminder for each notice whose next one is due.

        :return: how many
        """
        count = 0
        for recall in self:
            waves = list(enumerate(recall._wave_days() or (), start=1))
            # The latest first: who has missed two gets one.
            for wave, days in reversed(waves):
                count += recall._remind_of_wave(wave, days)
        if count:
            # sudo: as for the notices themselves
            self.env.ref(CRON).sudo()._trigger()
        return count

    def _remind_of_wave(self, wave, days):
        """Queue one reminder for all who have been told so many days ago."""
        told = self.env["stock.recall.notice"].search(
            [
                ("recall_id", "=", self.id),
                ("purpose", "=", "consignee"),
                ("state", "=", "sent"),
                ("channel", "=", "mail"),
                ("notified_at", "<=", fields.Datetime.now() - timedelta(days=days)),
            ]
        )
        late = told._unanswered()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO stock_recall_notice_attempt
                       (notice_id, company_id, method, wave,
                        create_uid, write_uid, create_date, write_date)
                SELECT notice.id, notice.company_id, 'mail', %(wave)s,
                       %(user)s, %(user)s, %(now)s, %(now)s
                  FROM stock_recall_notice notice
                 WHERE notice.id = ANY(%(late)s) AND NOT EXISTS (
                       SELECT FROM stock_recall_notice_attempt earlier
                        WHERE earlier.notice_id = notice.id
                          AND earlier.wave >= %(wave)s AND earlier.method = 'mail')
                RETURNING notice_id
                """,
                wave=wave,
                late=list(late.ids),
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._forget_rows()
        if rows:
            self._note_step(
                self.env._("Reminders queued"),
                new=self.env._("%(wave)s. to %(count)s", wave=wave, count=len(rows)),
            )
        return len(rows)


def _is_days(text):
    """Tell whether a text is a number of days that a recall may wait."""
    return text.isascii() and text.isdigit() and 0 < int(text) <= LONGEST_WAIT

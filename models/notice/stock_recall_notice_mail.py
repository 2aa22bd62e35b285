import re
from datetime import timedelta

from markupsafe import escape

from odoo import api, fields, models

from ..base.job import JobRun

NOTICE = "stock.recall.notice"
CRON = "batch_tracking.ir_cron_recall_notices"
MAIL_QUEUE = "mail.ir_cron_mail_scheduler_action"
#: Mails made between two commits.
BATCH = 200
#: So long a mail waits that the mail server did not take, before it gets it again.
RETRY_AFTER = timedelta(minutes=30)
#: So long it is tried, from the first time on: mail servers give up as late.
GIVE_UP_AFTER = timedelta(days=2)
#: Our own mail server fails, and not the consignee's address.
OURS = ("mail_smtp", "mail_from_invalid", "mail_from_missing", "unknown")
#: States of mails that the queue does not come back to.
LEFT_QUEUE = ("sent", "exception", "cancel")
#: How a mail server says that it never takes a mail: an answer of 500 and more.
REFUSED = re.compile(r"SMTPRecipientsRefused.*\(5\d\d,", re.DOTALL)


class StockRecallNoticeAttempt(models.Model):
    """Makes the mails of notices that wait, and learns what has become of them.

    Making is one job, sending another, Odoo's own. Each of the two steps is written
    down in the transaction that does it: whatever stops, the next run goes on.
    """

    _inherit = "stock.recall.notice.attempt"

    @api.model
    def _cron_send(self):
        """Make the mails that wait, and have those sent again that did not leave."""
        job = JobRun(self.env, CRON)
        dropped, waiting = self._dropped(), self._to_make()
        due = dropped._due()
        # The list of what failed is one, of both steps.
        job.do(
            due,
            lambda attempts: attempts._look_after(),
            BATCH,
            beyond=lambda: len(waiting),
        )
        job.do(waiting, lambda attempts: attempts._make_mails(), BATCH)
        (dropped - due)._come_again()
        if waiting:
            # sudo: whoever runs this may not own the mail queue
            self.env.ref(MAIL_QUEUE).sudo()._trigger()

    @api.model
    def _to_make(self):
        return self.search(
            [
                ("method", "=", "mail"),
                ("mail_message_id", "=", False),
                ("sent_at", "=", False),
                ("bounced_at", "=", False),
            ],
            order="id",
        )

    def _make_mails(self):
        """Make one mail of each, in Odoo's queue, with a Message-Id that stays."""
        by_place = self.grouped(
            lambda attempt: (attempt.company_id, attempt.notice_id.lang)
        )
        for (company, lang), attempts in by_place.items():
            local = attempts.with_company(company).with_context(lang=lang)
            local._make_mails_alike()
        # Nobody reads them again: thousands would fill the memory.
        self.env.flush_all()
        self.env.invalidate_all()

    def _make_mails_alike(self):
        asking = self.notice_id.filtered(lambda n: n.purpose == "consignee")
        urls = asking._answer_urls()
        said = {text: text.contents for text in self.notice_id.text_id}
        written = {
            attempt: attempt.notice_id._written(
                said.get(attempt.notice_id.text_id) or attempt.notice_id._said(),
                urls.get(attempt.notice_id, ""),
                attempt.wave,
            )
            for attempt in self
        }
        # sudo: mails are the system's
        mails = self.env["mail.mail"].sudo()
        mails = mails.create([a._prepare_mail(*how) for a, how in written.items()])
        for attempt, mail in zip(self, mails, strict=True):
            url = urls.get(attempt.notice_id)
            body = written[attempt][1]
            attempt.write(
                {
                    "mail_id": mail.id,
                    "mail_message_id": mail.mail_message_id.id,
                    "address": attempt.notice_id.partner_id.email_normalized,
                    # The link is for who gets the mail, which goes when it is sent.
                    "body": body.replace(escape(url), "#") if url else body,
                }
            )
        self._notify(mails)

    def _prepare_mail(self, title, body):
        """Return the values of the mail.

        The message that is kept beside it says that there was one: as it read, it is
        kept in the attempt.
        """
        notice = self.notice_id
        recall = notice.recall_id
        subject = self.env._("Reminder: %s", title) if self.wave else title
        return {
            "subject": f"{subject} ({recall.name})",
            "body": escape(
                self.env._("This notice went by e-mail: Attempts show how it read.")
            ),
            "body_html": body,
            "model": NOTICE,
            "res_id": notice.id,
            "email_from": recall._sender(),
            "reply_to": recall._reply_mail() or recall._sender(),
            "author_id": recall.company_id.partner_id.id,
            "record_company_id": recall.company_id.id,
            "record_alias_domain_id": recall.company_id.alias_domain_id.id,
            "recipient_ids": [fields.Command.link(notice.partner_id.id)],
            # The message stays, so that what comes back is known again.
            "is_notification": True,
            "auto_delete": True,
            "message_type": "email_outgoing",
        }

    def _notify(self, mails):
        """Make the notifications through which Odoo tells what came back."""
        # sudo: as the mails are
        self.env["mail.notification"].sudo().create(
            [
                {
                    "author_id": mail.author_id.id,
                    "mail_message_id": mail.mail_message_id.id,
                    "mail_mail_id": mail.id,
                    "notification_type": "email",
                    "notification_status": "ready",
                    "res_partner_id": attempt.notice_id.partner_id.id,
                    "mail_email_address": attempt.address,
                    "is_read": True,
                }
                for attempt, mail in zip(self, mails, strict=True)
            ]
        )

    # -- what becomes of them

    def _note_outcome(self, failure_type, reason):
        """Note what Odoo's queue says of mails that it has just handled.

        :param failure_type: as of mail.mail; nothing, if the mail has left
        """
        if not failure_type:
            self._arrive()
            return
        if failure_type in OURS and not REFUSED.search(reason or ""):
            self.note = self.env._(
                "Not accepted for now, and tried again: %s",
                reason or self.env._("The mail server takes no mails."),
            )
            self._come_again()
            return
        self._come_back(reason or self.env._("The address takes no mails."))

    @api.model
    def _dropped(self):
        """Return the attempts whose mail the queue has dropped: it never comes back."""
        return self.search(
            [
                ("method", "=", "mail"),
                ("mail_message_id", "!=", False),
                ("sent_at", "=", False),
                ("bounced_at", "=", False),
                "|",
                ("mail_id", "=", False),
                ("mail_id.state", "in", LEFT_QUEUE),
            ]
        )

    def _look_after(self):
        """Go on with mails that the queue has dropped.

        What has left is noted as sent. What the mail server did not take is handed
        over again, for ``GIVE_UP_AFTER``. What somebody has cancelled is to be done
        otherwise.
        """
        now = fields.Datetime.now()
        status = self._statuses()
        gone = self.filtered(
            lambda a: a.mail_id.state == "sent" or status.get(a) == "sent"
        )
        gone._arrive()
        stuck = self.filtered(lambda a: a.mail_id.state == "exception") - gone
        tries = stuck._tries()
        tired = stuck.filtered(lambda a: tries[a][0] <= now - GIVE_UP_AFTER)
        again = (stuck - tired).mail_id
        again.mark_outgoing()
        if again:
            # sudo: as above
            self.env.ref(MAIL_QUEUE).sudo()._trigger()
        for attempt in self - gone - (stuck - tired):
            attempt._come_back(
                attempt.note or self.env._("The mail was cancelled before it left.")
            )

    def _due(self):
        """Return those to go on with now: not what was handed over a moment ago."""
        stuck = self.filtered(lambda attempt: attempt.mail_id.state == "exception")
        late = fields.Datetime.now() - RETRY_AFTER
        tries = stuck._tries()
        return self - stuck.filtered(lambda attempt: tries[attempt][1] > late)

    def _come_again(self):
        """Have the job look at mails that were not taken when they are due."""
        now = fields.Datetime.now()
        # sudo: whoever sends need not own the job
        cron = self.env.ref(CRON).sudo()
        coming = [("cron_id", "=", cron.id), ("call_at", ">", now)]
        # One for thousands of mails: it comes again for those that are due later.
        if not self or self.env["ir.cron.trigger"].sudo().search_count(coming, limit=1):
            return
        due = min(last for _first, last in self._tries().values()) + RETRY_AFTER
        cron._trigger(max(due, now + timedelta(minutes=1)))

    def _tries(self):
        """Return ``{attempt: when its mail was first and last handed over}``, UTC.

        Where not even that was noted, since when it is there.
        """
        rows = self.env["stock.recall.notice.try"]._read_group(
            [("attempt_id", "in", self.ids)], ["attempt_id"], ["date:min", "date:max"]
        )
        noted = {attempt.id: moments for attempt, *moments in rows}
        return {
            attempt: noted.get(attempt.id, [attempt.create_date] * 2)
            for attempt in self
        }

    def _statuses(self):
        """Return ``{attempt: status of its mail's notification}``."""
        notifications = self.env["mail.notification"].search(
            [("mail_message_id", "in", self.mail_message_id.ids)]
        )
        by_message = {n.mail_message_id: n.notification_status for n in notifications}
        return {attempt: by_message.get(attempt.mail_message_id) for attempt in self}

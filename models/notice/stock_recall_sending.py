from odoo import api, fields, models
from odoo.tools import SQL

from .exceptions import NothingToSendError
from .stock_recall_notice_mail import CRON

#: The lists that a recall's page leads to: what is counted, and of which notices.
LISTS = {
    "draft": [("state", "=", "draft")],
    "ready": [("state", "=", "approved"), ("channel", "=", "mail")],
    "queued": [("state", "=", "queued")],
    "sent": [("state", "in", ("sent", "simulated"))],
    "bounced": [("state", "=", "bounced")],
    "phone": [("state", "in", ("approved", "bounced")), ("channel", "=", "phone")],
    "letter": [("state", "in", ("approved", "bounced")), ("channel", "=", "letter")],
    "public": [("state", "in", ("approved", "bounced")), ("channel", "=", "public")],
}


class StockRecall(models.Model):
    """Sends approved notices, and says how far that is."""

    _inherit = "stock.recall"

    notice_draft_count = fields.Integer(compute="_compute_notice_counts")
    notice_ready_count = fields.Integer(compute="_compute_notice_counts")
    notice_queued_count = fields.Integer(compute="_compute_notice_counts")
    notice_sent_count = fields.Integer(compute="_compute_notice_counts")
    notice_bounced_count = fields.Integer(compute="_compute_notice_counts")
    notice_phone_count = fields.Integer(compute="_compute_notice_counts")
    notice_letter_count = fields.Integer(compute="_compute_notice_counts")
    notice_public_count = fields.Integer(compute="_compute_notice_counts")
    notice_count = fields.Integer(compute="_compute_notice_counts")
    notice_repeated_count = fields.Integer(
        "Handed over twice", compute="_compute_notice_repeated_count"
    )
    hears_of_bounces = fields.Boolean(compute="_compute_hears_of_bounces")

    @api.depends("notice_ids.state", "notice_ids.channel")
    def _compute_notice_counts(self):
        groups = self.env["stock.recall.notice"]._read_group(
            [("recall_id", "in", self.ids), ("state", "!=", "superseded")],
            ["recall_id", "state", "channel"],
            ["__count"],
        )
        for recall in self:
            mine = [group[1:] for group in groups if group[0].id == recall.id]
            recall.notice_count = sum(count for _state, _channel, count in mine)
            for name, domain in LISTS.items():
                recall[f"notice_{name}_count"] = sum(
                    count
                    for state, channel, count in mine
                    if _fits(domain, state, channel)
                )

    def _compute_notice_repeated_count(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT notice.recall_id, COUNT(DISTINCT attempt.id)
                  FROM stock_recall_notice notice
                  JOIN stock_recall_notice_attempt attempt
                    ON attempt.notice_id = notice.id
                 WHERE notice.recall_id = ANY(%s)
                   AND (SELECT COUNT(*) FROM stock_recall_notice_try try
                         WHERE try.attempt_id = attempt.id) > 1
                 GROUP BY 1
                """,
                list(self.ids),
            )
        )
        counts = dict(rows)
        for recall in self:
            recall.notice_repeated_count = counts.get(recall.id, 0)

    @api.depends("company_id")
    def _compute_hears_of_bounces(self):
        for recall in self:
            # sudo: how the company receives mails is no secret
            recall.hears_of_bounces = bool(recall.company_id.sudo().bounce_email)

    def action_send_notices(self):
        """Queue all approved notices that go by mail; a drill sends nothing."""
        self.ensure_one()
        self._check_may_recall()
        self.check_access("write")
        # sudo: notices and attempts are written by nothing else; the right is checked
        count = self.sudo()._queue_notices()
        if not count:
            raise NothingToSendError(
                self,
                self.env._(
                    "No approved notice goes by mail. Who has no e-mail address is "
                    "phoned or gets a letter."
                ),
            )
        what = (
            self.env._("Notices simulated")
            if self.is_drill
            else self.env._("Notices queued")
        )
        self._note_step(what, new=str(count))

    def _queue_notices(self):
        """Queue what is ready, in SQL; return how many."""
        self.env.flush_all()
        method = "simulated" if self.is_drill else "mail"
        rows = self.env.execute_query(
            SQL(
                """
                WITH queued AS (
                    UPDATE stock_recall_notice
                       SET state = %(state)s, write_uid = %(user)s, write_date = %(now)s
                     WHERE recall_id = %(recall)s
                       AND (state = 'approved' AND (channel = 'mail' OR %(drill)s)
                            OR state = 'bounced' AND channel = 'mail')
                    RETURNING id, company_id
                )
                INSERT INTO stock_recall_notice_attempt
                       (notice_id, company_id, method, wave, sent_at, user_id,
                        create_uid, write_uid, create_date, write_date)
                SELECT id, company_id, %(method)s, 0, %(sent)s, %(user)s,
                       %(user)s, %(user)s, %(now)s, %(now)s
                  FROM queued ORDER BY id
                RETURNING notice_id
                """,
                state="simulated" if self.is_drill else "queued",
                drill=self.is_drill,
                method=method,
                sent=fields.Datetime.now() if self.is_drill else None,
                recall=self.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._after_queueing([row[0] for row in rows])
        return len(rows)

    def _after_queueing(self, notice_ids):
        self._forget_rows()
        notices = self.env["stock.recall.notice"].browse(notice_ids)
        if self.is_drill:
            for name in ("notified_at", "method"):
                self.env.add_to_compute(notices._fields[name], notices)
        elif notices:
            # sudo: whoever sends need not own the job
            self.env.ref(CRON).sudo()._trigger()

    def _sender(self):
        """Return the address that notices come from: of the responsible, or ours."""
        company = self.company_id
        return (
            self.user_id.email_formatted
            if self.user_id.email
            else company.email_formatted or ""
        )

    def action_open_notices(self):
        """Open the list that the context names in ``notice_list``; else all of them."""
        self.ensure_one()
        name = self.env.context.get("notice_list")
        domain = LISTS.get(name, [("state", "!=", "superseded")])
        return self._open_notices(domain=domain)

    def _open_notices(self, notices=None, domain=()):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_recall_notice_action"
        )
        found = [("id", "in", notices.ids)] if notices else domain
        return {
            **action,
            "domain": [("recall_id", "=", self.id), *found],
            "context": {},
            "display_name": self.env._("Notices of %s", self.name),
        }


def _fits(domain, state, channel):
    """Tell whether a state and a channel are what a domain of ``LISTS`` asks for."""
    values = {"state": state, "channel": channel}
    return all(
        values[name] in (wanted if operator == "in" else (wanted,))
        for name, operator, wanted in domain
    )

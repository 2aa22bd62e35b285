from odoo import api, fields, models

from .kinds import METHODS


class StockRecallNoticeAttempt(models.Model):
    """One try to tell a consignee: a mail, a letter, a call.

    A mail waits here until it is made (``mail_message_id``), then in Odoo's queue until
    it is sent (``sent_at``). What came back has ``bounced_at``. Nobody writes attempts
    but what sends, and what notes a call.
    """

    _name = "stock.recall.notice.attempt"
    _description = "Attempt to Tell of a Recall"
    _order = "id"
    _rec_name = "method"

    notice_id = fields.Many2one(
        "stock.recall.notice", required=True, ondelete="cascade", index=True
    )
    recall_id = fields.Many2one(related="notice_id.recall_id")
    company_id = fields.Many2one(
        related="notice_id.company_id", store=True, precompute=True
    )
    method = fields.Selection(METHODS, required=True)
    wave = fields.Integer("Reminder", help="0: the notice itself. 1: first reminder.")
    sent_at = fields.Datetime("When")
    bounced_at = fields.Datetime("Came back")
    address = fields.Char("To")
    note = fields.Text()
    # Made of our own template, in which everything is escaped.
    body = fields.Html("As it read", readonly=True, sanitize=False)
    user_id = fields.Many2one("res.users", "By", ondelete="restrict")
    mail_message_id = fields.Many2one(
        "mail.message", "Mail", ondelete="set null", index="btree_not_null"
    )
    mail_id = fields.Many2one(
        "mail.mail", "In the queue", ondelete="set null", index="btree_not_null"
    )
    handed_over = fields.Integer(
        "Handed over",
        compute="_compute_handed_over",
        help="How often the mail was handed to the mail server. Twice, under the same "
        "Message-Id, where the server stopped between sending and noting it.",
    )

    _one_mail_each = models.UniqueIndex(
        "(notice_id, wave) WHERE method = 'mail' AND bounced_at IS NULL",
        "This notice is being sent already.",
    )
    _to_mail_idx = models.Index(
        "(id) WHERE method = 'mail' AND sent_at IS NULL AND bounced_at IS NULL"
    )

    def _compute_handed_over(self):
        tries = self.env["stock.recall.notice.try"].sudo()
        counts = dict(
            tries._read_group(
                [("attempt_id", "in", self.ids)], ["attempt_id"], ["__count"]
            )
        )
        for attempt in self:
            attempt.handed_over = counts.get(attempt, 0)

    @api.depends("method", "notice_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        methods = dict(self._fields["method"]._description_selection(self.env))
        for attempt in self:
            method, notice = methods.get(attempt.method), attempt.notice_id
            attempt.display_name = f"{notice.display_name} ({method})"

    def _is_waiting(self):
        """Tell whether it is a mail that has neither left nor come back."""
        self.ensure_one()
        return self.method == "mail" and not (self.sent_at or self.bounced_at)

    def _arrive(self):
        """Note that mails have left; their notices are sent."""
        waiting = self.filtered(lambda attempt: attempt._is_waiting())
        waiting.write({"sent_at": fields.Datetime.now(), "note": False})
        queued = waiting.notice_id.filtered(lambda n: n.state == "queued")
        queued.state = "sent"

    def _come_back(self, why, email=None):
        """Note that mails came back, or could not be sent.

        The notice goes back to what is to be done, unless the consignee was reached
        otherwise.

        :param str email: the address that took none
        """
        if not self:
            return
        self.write({"bounced_at": fields.Datetime.now(), "note": why})
        for attempt in self:
            notice = attempt.notice_id
            values = {"bounced_email": email or notice.partner_id.email_normalized}
            if notice.state in ("queued", "sent") and not notice.notified_at:
                values["state"] = "bounced"
            notice.write(values)

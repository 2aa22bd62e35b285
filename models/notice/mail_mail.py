from odoo import models

from .stock_recall_notice_mail import NOTICE


class MailMail(models.Model):
    """Tells notices what has become of their mails."""

    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        attempts = self._recall_attempts()
        if attempts:
            self.env["stock.recall.notice.try"]._note(attempts)
        return super()._prepare_outgoing_list(mail_server, doc_to_followers)

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        attempts = self._recall_attempts()
        if attempts:
            attempts._note_outcome(failure_type, failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )

    def _recall_attempts(self):
        mails = self.filtered(lambda mail: mail.model == NOTICE)
        if not mails:
            return self.env["stock.recall.notice.attempt"]
        # sudo: whoever sends mails need not see recalls
        attempts = self.env["stock.recall.notice.attempt"].sudo()
        return attempts.search([("mail_id", "in", mails.ids)])

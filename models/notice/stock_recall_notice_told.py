from odoo import fields, models

from .exceptions import NothingToSendError
from .kinds import TO_DO, UNSENT, WRITTEN


class StockRecallNotice(models.Model):
    """Who was told, by which way, and what came back."""

    _inherit = "stock.recall.notice"

    def _note_told(self, method, is_reached, date=None, note=""):
        """Write down that the consignees were phoned, visited or sent a letter.

        A call does not replace the mail that goes out anyway; it settles a notice that
        could go no other way, or that came back.

        :param str method: one of ``NOTED``
        :param bool is_reached: whether it reached somebody
        :param date: when, UTC; now if not given
        :param str note: with whom, what was said
        """
        # sudo: attempts are written by nothing else; callers check the right
        attempts = self.env["stock.recall.notice.attempt"].sudo()
        date = date or fields.Datetime.now()
        attempts.create(
            [
                {
                    "notice_id": notice.id,
                    "method": method,
                    "sent_at": date,
                    "bounced_at": False if is_reached else date,
                    "address": notice.phone if method == "phone" else False,
                    "note": note,
                    "user_id": self.env.uid,
                }
                for notice in self
            ]
        )
        if is_reached:
            settled = self.filtered(
                lambda notice: (
                    notice.state in TO_DO
                    and (
                        method in WRITTEN
                        or notice.channel != "mail"
                        or notice.state == "bounced"
                    )
                )
            )
            settled.sudo().state = "sent"

    def action_tell(self):
        """Ask how the consignees were told."""
        self._check_may_tell()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Told by phone, visit or letter"),
            "res_model": "stock.recall.notice.tell",
            "view_mode": "form",
            "target": "new",
            "context": {"default_notice_ids": self.ids},
        }

    def action_open_letter(self):
        """Print the letters, each with its envelope's face."""
        self._check_may_tell()
        report = self.env.ref("batch_tracking.stock_recall_notice_report")
        return report.report_action(self)

    def _check_may_tell(self):
        self.env["stock.recall"]._check_may_recall()
        self.check_access("write")
        if not self:
            raise NothingToSendError(
                self.recall_id, self.env._("Choose the notices first.")
            )

    def _drop_empty(self):
        """Give up those that tell of nothing any more, and have not gone out."""
        empty = self.filtered(lambda n: n.state in UNSENT and not n.line_ids)
        empty.state = "superseded"

    # -- what comes back

    def _message_receive_bounce(self, email, partner):
        """Put a notice whose mail came back on the list of what is to be done."""
        result = super()._message_receive_bounce(email, partner)
        for notice in self:
            mails = notice.attempt_ids.filtered(
                lambda attempt: attempt.method == "mail" and not attempt.bounced_at
            )
            mails[-1:]._come_back(self.env._("The mail came back."), email)
        return result

    def _stop_mails(self):
        """Cancel what has not left yet of notices that are superseded."""
        waiting = self.attempt_ids.filtered(lambda attempt: attempt._is_waiting())
        waiting.mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()
        waiting.write(
            {
                "bounced_at": fields.Datetime.now(),
                "note": self.env._("A newer version has replaced it."),
            }
        )

import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
#: The mail is sent, counted or not: counting waits for nobody.
WAIT = "2s"


class StockRecallNoticeTry(models.Model):
    """A mail that is just being handed to the mail server.

    Written in a transaction of its own before that happens. A server that stops between
    sending and noting it sends the same mail again: here it stands twice.
    """

    _name = "stock.recall.notice.try"
    _description = "Recall Notice Handed to the Mail Server"
    _log_access = False

    attempt_id = fields.Many2one(
        "stock.recall.notice.attempt", required=True, ondelete="cascade", index=True
    )
    date = fields.Datetime(required=True)

    @api.model
    def _note(self, attempts):
        """Write down, and commit, that mails are being handed over now."""
        try:
            with self.env.registry.cursor() as cr:
                cr.execute(SQL("SELECT set_config('lock_timeout', %s, true)", WAIT))
                cr.execute(
                    SQL(
                        """
                        INSERT INTO stock_recall_notice_try (attempt_id, date)
                        SELECT UNNEST(%s), now() AT TIME ZONE 'UTC'
                        """,
                        attempts.ids,
                    )
                )
        except psycopg2.Error:
            _logger.exception("Mails of %s are sent, and not counted", attempts)

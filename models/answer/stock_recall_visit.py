import hmac
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.tools import SQL

#: So many requests each token, and each address, may make in this time.
MOST = {"token": 60, "address": 120}
WINDOW = timedelta(minutes=10)


class StockRecallVisit(models.Model):
    """Counts requests of the page on which recalls are answered.

    A row each, so that nobody waits for anybody to count; no more of them than are
    allowed. Of addresses only a keyed hash is kept, and not for long.
    """

    _name = "stock.recall.visit"
    _description = "Request of a Recall's Page"
    _log_access = False

    key = fields.Char(required=True)
    date = fields.Datetime(required=True)

    _key_idx = models.Index("(key, date)")
    _date_idx = models.Index("(date)")

    @api.model
    def _is_welcome(self, kind, text):
        """Count a request, and tell whether it is one of those that are allowed.

        :param str kind: ``token`` or ``address``
        :param str text: which one
        """
        key = f"{kind}:{self._keyed(text)}"
        since = fields.Datetime.now() - WINDOW
        (count,) = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM stock_recall_visit WHERE key = %s AND date > %s",
                key,
                since,
            )
        )[0]
        if count >= MOST[kind]:
            return False
        # sudo: visitors without an account are counted as well
        self.sudo().create({"key": key, "date": fields.Datetime.now()})
        return True

    @api.model
    def _keyed(self, text):
        # sudo: only the hash leaves this method
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hmac.new(secret.encode(), text.encode(), sha256).hexdigest()

    @api.autovacuum
    def _gc_old(self):
        self.env.cr.execute(
            SQL(
                "DELETE FROM stock_recall_visit WHERE date < %s",
                fields.Datetime.now() - WINDOW,
            )
        )

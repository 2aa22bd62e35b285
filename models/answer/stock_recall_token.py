import secrets
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models

#: Letters and digits of ``secrets.token_urlsafe(32)``.
LENGTH = 43
#: So long a link works.
DAYS = 180


class StockRecallToken(models.Model):
    """Lets whoever has the link of a notice answer for one consignee.

    Only a hash is kept: who reads the database can make no link. So each time a notice
    is sent it gets a new one, and those sent before go on working until they expire.
    """

    _name = "stock.recall.token"
    _description = "Link to Answer a Recall"
    _log_access = False

    recall_id = fields.Many2one(
        "stock.recall", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    hash = fields.Char(required=True)
    date_expire = fields.Datetime("Expires", required=True)

    _hash_uniq = models.UniqueIndex("(hash)")

    @api.model
    def _issue(self, recall, partner):
        """Return a new token, which is written down nowhere."""
        return self._issue_all([(recall, partner)])[0]

    @api.model
    def _issue_all(self, pairs):
        """Return a new token for each pair of a recall and a consignee.

        :param pairs: ``[(stock.recall, res.partner)]``
        """
        texts = [secrets.token_urlsafe(32) for _pair in pairs]
        expire = fields.Datetime.now() + timedelta(days=DAYS)
        # sudo: nobody writes tokens; whoever sends notices was checked before
        self.sudo().create(
            [
                {
                    "recall_id": recall.id,
                    "partner_id": partner.id,
                    "hash": self._digest(text),
                    "date_expire": expire,
                }
                for (recall, partner), text in zip(pairs, texts, strict=True)
            ]
        )
        return texts

    @api.model
    def _find(self, text):
        """Return the token of a text, also one that has expired; none if it is none.

        The database compares hashes: how long that takes says nothing of any token.
        """
        if not isinstance(text, str) or len(text) != LENGTH:
            return self.browse()
        # sudo: whoever has the text may use it
        return self.sudo().search([("hash", "=", self._digest(text))], limit=1)

    @api.model
    def _digest(self, text):
        return sha256(text.encode()).hexdigest()

    def _is_expired(self):
        self.ensure_one()
        return self.date_expire <= fields.Datetime.now()

    @api.autovacuum
    def _gc_expired(self):
        """Forget links half a year after they stopped working."""
        long_ago = fields.Datetime.now() - timedelta(days=DAYS)
        self.search([("date_expire", "<", long_ago)]).unlink()

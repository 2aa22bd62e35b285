from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

EXPIRY = "batch_tracking.stock_lot_expiry_action"
BEGIN = "batch_tracking.stock_lot_expiry_begin_action"
#: How far people look ahead, in days.
SOON, LATER = 7, 30


class BatchOverview(models.AbstractModel):
    """What in stock expires soon, and what it is worth."""

    _inherit = "batch.overview"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if not self.env["stock.lot"].has_access("read"):
            return cards
        soon, later = self._expiring_within(SOON), self._expiring_within(LATER)
        titles = (self.env._("Expire in 7 days"), self.env._("Expire in 30 days"))
        return [
            *cards,
            {
                **self._expiry_card("expire_soon", titles[0], soon, SOON, sequence=40),
                "tone": "danger",
                "rows": [*self._expired_rows(), *self._undecided_rows()],
                "empty": self.env._("Nothing in stock expires this week."),
            },
            {
                **self._expiry_card(
                    "expire_later", titles[1], later, LATER, sequence=50
                ),
                "tone": "warning",
                "empty": self.env._(
                    "Batches of products that have a shelf life show here before they "
                    "expire: it is set on the product, under Inventory."
                ),
            },
        ]

    @api.model
    def _expiry_card(self, key, title, lots, days, **card):
        return self._card(
            key,
            title,
            self.env["stock.lot"].search_count(lots),
            EXPIRY,
            ["on_hand", f"expires_in_{days}_days"],
            value=self._value_text(lots),
            **card,
        )

    @api.model
    def _expired_rows(self):
        """Return a row of what has expired and still lies there, or none."""
        lots = self._expiring_between(False, fields.Datetime.now())
        count = self.env["stock.lot"].search_count(lots)
        if not count:
            return []
        label = self.env._("Expired, and in stock")
        return [self._row(label, count, EXPIRY, ["on_hand", "past_date"])]

    @api.model
    def _undecided_rows(self):
        """Return a row of what is over and was there before, for those who decide."""
        begin = self.env["stock.lot.expiry.begin"]
        if not begin.has_access("create"):
            return []
        count = self.env["stock.lot"].search_count(begin._undecided(past=True))
        if not count:
            return []
        label = self.env._("From before, and over: decide")
        return [self._row(label, count, BEGIN)]

    @api.model
    def _expiring_within(self, days):
        now = fields.Datetime.now()
        return self._expiring_between(now, now + timedelta(days=days))

    @api.model
    def _expiring_between(self, after, until):
        """Return the domain of lots in stock, with dates as text for the screen."""
        domain = self._lots_here()
        domain &= Domain("expiration_date", "<=", fields.Datetime.to_string(until))
        if after:
            domain &= Domain("expiration_date", ">", fields.Datetime.to_string(after))
        return domain

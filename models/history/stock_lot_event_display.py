import re

from odoo import api, fields, models
from odoo.tools import format_date

#: How an event keeps dates, and datetimes in UTC: the same for every reader.
KEPT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")


class StockLotEvent(models.Model):
    """Shows the dates that an event keeps as its reader writes them."""

    _inherit = "stock.lot.event"

    old_text = fields.Text("From", compute="_compute_texts")
    new_text = fields.Text("To", compute="_compute_texts")

    @api.depends("old_value", "new_value")
    @api.depends_context("lang", "tz")
    def _compute_texts(self):
        for event in self:
            event.old_text = event._for_reader(event.old_value)
            event.new_text = event._for_reader(event.new_value)

    @api.model
    def _for_reader(self, value):
        """Return ``value``, a date or a moment in the reader's format and zone."""
        kept = value and KEPT.fullmatch(value)
        if not kept:
            return value
        if kept[1]:
            moment = fields.Datetime.to_datetime(value)
            return self.env["stock.lot"]._moment_text(moment)
        return format_date(self.env, value)

from odoo import models

from odoo.addons.batch_tracking.models.history.lot_change import LotChange
from odoo.addons.batch_tracking.models.number.numbering import with_numbering
from odoo.addons.batch_tracking.tools.days import local_day


class StockLot(models.Model):
    """A lot of an order that is made on another day than was planned."""

    _inherit = "stock.lot"

    def _move_production(self, day, numbering):
        """Let lots that are not made yet be of another day.

        Their expiration and their number follow, where these were of the day before.

        :param date day: the new production date
        :param dict numbering: fields of ``Numbering``
        """
        change = LotChange(self.env._("Its order is made on another day."))
        for lot in self:
            values = {"production_date": day}
            if lot.expiration_date == lot._end_of_life(lot.production_date):
                values["expiration_date"] = lot._end_of_life(day)
            number = lot._number_of_day(values, numbering)
            if number:
                values["name"] = number
            values = {name: value for name, value in values.items() if value}
            lot._write_because(values, change)

    def _number_of_day(self, values, numbering):
        """Return the number by the pattern for new dates, None to keep the old one.

        A number that does not speak of the days that it was given for was typed, or
        says nothing of days.
        """
        sequence = self.product_id._batch_sequence()
        pattern = sequence and sequence._batch_parsed()
        if not pattern or not (pattern.says_day or pattern.says_expiry):
            return None
        expiry = self._number_facts(False)[2]
        if not pattern.is_of(self.name, self.production_date, expiry or None):
            return None
        sequence = with_numbering(sequence, **numbering)
        codes = {**numbering["codes"], **self._batch_codes()}
        made, expiry = values["production_date"], self._expiry_day(values)
        [number] = sequence._next_batch_numbers(self.product_id, made, 1, expiry, codes)
        return number

    def _expiry_day(self, values):
        """Return the day on which it expires, by new values or as it is."""
        expires = values.get("expiration_date") or self.expiration_date
        return expires and local_day(expires, self._home_company()._zone())

    def _begin_life(self, values):
        """Give lots that somebody typed on an order what is known of their production.

        They expire as others do, unless somebody has said when.

        :param dict values: see ``_batch_origin``
        """
        day = values["production_date"]
        for end, lots in self.grouped(lambda lot: lot._first_end_of_life(day)).items():
            lots.write({**values, "expiration_date": end} if end else values)

    def _first_end_of_life(self, day):
        """Return when it expires that is made on ``day``, None if that is said."""
        end = self._end_of_life(day)
        return end if end and self._expires_by_core() else None

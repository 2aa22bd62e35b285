from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ...tools.days import local_day


class StockMoveLine(models.Model):
    """A new batch lives from the day it was made, or else from the day it comes.

    Core counts from the day that is planned. Whoever says when it expires is right.
    """

    _inherit = "stock.move.line"

    counted_expiration_date = fields.Datetime(
        copy=False,
        help="When it expires as the shelf life says: where the expiration is another "
        "one, somebody has said so.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        counted = lines.filtered(
            lambda line: (
                line._begins_a_life()
                and line.expiration_date in line._expirations_of_core()
            )
        )
        # A receipt that is planned anew leaves core's date as it is.
        for end, alike in counted.grouped("expiration_date").items():
            alike.counted_expiration_date = end
        return lines

    def _number_lots(self):
        # Before they are numbered: the number may say when they expire.
        self._count_expirations()
        return super()._number_lots()

    @api.onchange("production_date")
    def _onchange_production_date(self):
        """Show when it expires that was made on this day, unless somebody has said."""
        if self._begins_a_life() and not self._is_expiration_said():
            self.expiration_date = self._end_of_life()
            self.counted_expiration_date = self.expiration_date

    def _count_expirations(self):
        """Let new batches expire by the day they were made, or else by today."""
        lines = self.filtered(
            lambda line: line._begins_a_life() and not line._is_expiration_said()
        )
        for alike in lines.grouped(
            lambda line: (line.product_id, line.company_id, line.production_date)
        ).values():
            end = alike[0]._end_of_life()
            alike.write({"expiration_date": end, "counted_expiration_date": end})

    def _begins_a_life(self):
        """Tell whether a transfer makes a new batch of it, with dates."""
        return (
            self.picking_id
            and not self.lot_id
            and self.picking_type_use_create_lots
            and self.product_id.use_expiration_date
        )

    def _is_expiration_said(self):
        counted = {self.counted_expiration_date, *self._expirations_of_core()}
        return bool(self.expiration_date) and self.expiration_date not in counted

    def _expirations_of_core(self):
        """Return what core may have counted: from the plan, or from midnight in UTC."""
        days = {fields.Date.today(), (self.create_date or fields.Datetime.now()).date()}
        begins = {datetime.combine(day, time.min) for day in days}
        if self.picking_id.scheduled_date:
            begins.add(self.picking_id.scheduled_date)
        life = timedelta(days=self.product_id.expiration_time)
        return {begin + life for begin in begins}

    def _end_of_life(self):
        """Return when it expires if nobody says, in UTC: as a day of its company ends.

        Counted from the day it was made, or from today where nobody knows that.
        """
        company = self.company_id or self.env.company
        today = local_day(fields.Datetime.now(), company._zone())
        values = {"product_id": self.product_id.id, "company_id": company.id}
        lot = self.env["stock.lot"].new(values)
        return lot._end_of_life(self.production_date or today)

from collections import defaultdict

from odoo import api, fields, models


class MrpProduction(models.Model):
    """The day on which an order is made, and its new batches that follow that day.

    The start of an order is a plan until something tells that it was kept: a work
    order was begun, or somebody typed a start that lay in the past. A plan makes no
    batches; the day on which it is carried out does.
    """

    _inherit = "mrp.production"

    has_begun = fields.Boolean(
        copy=False,
        readonly=True,
        help="The start is when it was made: typed afterwards, or by a work order.",
    )
    batch_day = fields.Date(
        copy=False,
        readonly=True,
        help="The production day that its new batches were given.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        for order, vals in zip(orders, vals_list, strict=True):
            if vals.get("date_start") and "has_begun" not in vals:
                order.has_begun = order._starts_before_today()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if vals.get("date_start") and "has_begun" not in vals:
            for order in self.filtered(lambda order: order.state != "done"):
                order.has_begun = order._has_begun()
                order._follow_day(order._batch_production_date())
        return result

    def _has_begun(self):
        if self.workorder_ids.filtered(lambda work: work.state == "progress"):
            return True
        return self._starts_before_today()

    def _starts_before_today(self):
        """Tell whether the start lies on a day before: nobody plans for yesterday."""
        sequences = self.env["ir.sequence"]
        today = sequences._batch_today(self.company_id)
        return sequences._batch_day(self.date_start, self.company_id) < today

    def _batch_production_date(self):
        """Return the production day where the company is: never one to come, once made.

        Of an order that has not begun, the day it is planned for, or today if that has
        passed.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        start = self.date_start or now
        moment = min(start, now) if self.has_begun else max(start, now)
        return self.env["ir.sequence"]._batch_day(moment, self.company_id)

    def _batch_day_made(self):
        """Return the production day of an order that is being posted."""
        now = fields.Datetime.now()
        moment = min(self.date_start or now, now) if self.has_begun else now
        return self.env["ir.sequence"]._batch_day(moment, self.company_id)

    def _follow_day(self, day):
        """Let the new batches of an order be of another day: number, dates and all.

        What somebody has typed stays as typed, and what is made already stays too.
        """
        self.ensure_one()
        before, self.batch_day = self.batch_day, day
        if before and before != day:
            following = self._new_batches().filtered(
                lambda lot: lot.production_date == before
            )
            following._move_production(day, self._batch_numbering(day))

    def _tell_batches(self):
        """Let the new batches of orders that are being posted know what made them."""
        untold = defaultdict(self.env["stock.lot"].browse)
        for order in self:
            day = order._batch_day_made()
            order._follow_day(day)
            lots = order._new_batches().filtered(lambda lot: not lot.production_date)
            untold[tuple(order._batch_origin(day).items())] |= lots
        for origin, lots in untold.items():
            lots._begin_life(dict(origin))

    def _new_batches(self):
        # sudo: what other companies have of it counts
        return self.lot_producing_ids.filtered(lambda lot: not lot.sudo().quant_ids)


class MrpWorkorder(models.Model):
    """A work order that is begun tells when its order was made."""

    _inherit = "mrp.workorder"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "progress":
            begun = self.production_id.filtered(lambda order: order.state != "done")
            begun.filtered(lambda order: not order.has_begun).has_begun = True
        return result


class StockRule(models.Model):
    """Orders that Odoo plans have not begun, even if they should have."""

    _inherit = "stock.rule"

    def _prepare_mo_vals(self, *args, **kwargs):
        values = super()._prepare_mo_vals(*args, **kwargs)
        return {**values, "has_begun": False}

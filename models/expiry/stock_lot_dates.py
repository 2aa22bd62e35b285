from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...tools.days import apart, end_of, later, local_day
from ..history.lot_change import KEY, LotChange

EXPIRATION = "expiration_date"
#: What goes with the expiration -> so many days before it, by the product.
BEFORE_EXPIRATION = {
    "use_date": "use_time",
    "removal_date": "removal_time",
    "alert_date": "alert_time",
}
#: A form is saved no later than so long after it was opened.
FORM_IS_OPEN = timedelta(hours=12)


class StockLot(models.Model):
    """A lot whose dates belong together: from the day it was made to its end."""

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("production_date") and not vals.get(EXPIRATION):
                self._date_from_production(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Move the other dates along with the expiration, whoever writes it.

        Core does so in forms only. Dates that are written themselves are as written.
        """
        if vals.get("production_date") and EXPIRATION not in vals:
            for lots, moved in self._following(vals["production_date"]):
                super(StockLot, lots).write({**moved, **vals})
            return True
        left = [name for name in BEFORE_EXPIRATION if name not in vals]
        if EXPIRATION not in vals or not left:
            return super().write(vals)
        expiration = fields.Datetime.to_datetime(vals[EXPIRATION])
        groups = defaultdict(self.browse)
        for lot in self:
            moved = lot._dates_moved_to(expiration)
            groups[tuple((name, moved[name]) for name in left)] |= lot
        for moved, lots in groups.items():
            super(StockLot, lots).write({**vals, **dict(moved)})
        return True

    def _compute_dates(self):
        """Count days by the calendar of the lot's company; core's have 24 hours."""
        result = super()._compute_dates()
        for lot in self:
            expiration = lot[EXPIRATION]
            if expiration and lot.product_id.use_expiration_date:
                lot.update(lot._dates_before(expiration))
        return result

    def _dates_before(self, expiration):
        """Return ``{field: date}`` of the dates that a new expiration brings along."""
        origin = self._origin
        is_moved = origin[EXPIRATION] not in (False, expiration)
        if is_moved and origin.product_id == self.product_id:
            return origin._dates_moved_to(expiration)
        return {
            name: self._before_expiration(name, expiration)
            for name in BEFORE_EXPIRATION
            if self._is_before_by_product(name, expiration)
        }

    def _before_expiration(self, name, expiration):
        """Return the date that the product has so many days before an expiration.

        :param str name: of the field, in ``BEFORE_EXPIRATION``
        :param datetime expiration: naive UTC
        :return: naive UTC, at the same time of the day where the lot's company is
        """
        days = timedelta(days=self.product_id[BEFORE_EXPIRATION[name]])
        return later(expiration, -days, self._home_company()._zone())

    def _is_before_by_product(self, name, expiration):
        """Tell whether a date is as its product makes it, by calendar or by core."""
        days = timedelta(days=self.product_id[BEFORE_EXPIRATION[name]])
        by_product = (expiration - days, self._before_expiration(name, expiration))
        return self[name] in by_product

    def _following(self, day):
        """Return which dates follow if the day of production is corrected.

        :param day: the new production date, as it is written
        :return: ``[(lots, {field: date})]``; the lots' context tells events why
        """
        made = fields.Date.to_date(day)
        groups = defaultdict(self.browse)
        for lot in self:
            moved, stays = lot._dates_made_on(made)
            groups[tuple(moved.items()), tuple(stays)] |= lot
        return [
            (lots._because_of_production(moved, stays), dict(moved))
            for (moved, stays), lots in groups.items()
        ]

    def _dates_made_on(self, made):
        """Return what follows if the day of production is corrected.

        A date follows from it that is as the product's shelf life makes it: to the
        second the end of a day. While nobody knows that day, one follows that is as the
        day makes it on which the lot came. All others were set by hand, or by a
        supplier's label.

        :param date made: the new production date
        :return: ``({field: date} that follow, [field] of dates that stay)``
        """
        before = self._counted_end_of_life()
        known = [name for name in (EXPIRATION, *BEFORE_EXPIRATION) if self[name]]
        if not before or made == self.production_date or not known:
            return {}, []
        if self[EXPIRATION] != before:
            return {}, known
        after = self._end_of_life(made)
        early = [name for name in known if name in BEFORE_EXPIRATION]
        moved = {
            name: self._before_expiration(name, after)
            for name in early
            if self._is_before_by_product(name, before)
        }
        return {EXPIRATION: after, **moved}, [n for n in early if n not in moved]

    def _counted_end_of_life(self):
        """Return when it expires if nobody has said so, in UTC; None if unknown."""
        if self.production_date:
            return self._end_of_life(self.production_date)
        return self._expires_by_core() and self[EXPIRATION] or None

    def _because_of_production(self, moved, stays):
        """Return these lots so that events tell why dates moved, and which stayed.

        Unless somebody gives a reason.
        """
        if not (moved or stays) or KEY in self.env.context:
            return self
        if stays:
            reason = self._stays_sentence(stays)
        else:
            reason = self.env._("Its dates follow from the day of production.")
        return self.with_context(**{KEY: LotChange(reason)})

    def _stays_sentence(self, names):
        described = [self._fields[name]._description_string(self.env) for name in names]
        return self.env._(
            "These dates stay: they do not follow from the day of production, but were "
            "set by hand or by a label (%s).",
            ", ".join(described),
        )

    @api.onchange("production_date")
    def _onchange_production_date(self):
        """Say which dates stay when the day of production is corrected."""
        lot = self._origin
        made = self.production_date
        if not lot and made and self._expires_by_core():
            self[EXPIRATION] = self._end_of_life(made) or self[EXPIRATION]
        stays = lot and made and lot._dates_made_on(made)[1]
        if not stays:
            return None
        return {
            "warning": {
                "title": self.env._("Dates that stay"),
                "message": self._stays_sentence(stays),
                "type": "notification",
            }
        }

    def _dates_moved_to(self, expiration):
        """Return the dates that go with a new expiration, by the names of their fields.

        They keep their distance from it, in days of the calendar; where there is none
        yet, it is the product's.
        """
        if not expiration or not self.product_id.use_expiration_date:
            return dict.fromkeys(BEFORE_EXPIRATION, False)
        before = self[EXPIRATION]
        if before and any(self[name] for name in BEFORE_EXPIRATION):
            zone = self._home_company()._zone()
            shift = apart(before, expiration, zone)
            known = {name: self[name] for name in BEFORE_EXPIRATION}
            return {
                name: date and later(date, shift, zone) for name, date in known.items()
            }
        return {
            name: self._before_expiration(name, expiration)
            for name in BEFORE_EXPIRATION
        }

    @api.model
    def _date_from_production(self, vals):
        """Let the shelf life of a produced lot start on the day it was made."""
        known = ("product_id", "company_id", "production_warehouse_id")
        lot = self.new({name: vals[name] for name in known if vals.get(name)})
        end = lot._end_of_life(fields.Date.to_date(vals["production_date"]))
        if end:
            vals[EXPIRATION] = end

    def _end_of_life(self, made):
        """Return when a lot made on a day expires: as that day of its company ends.

        :param date made: its production date
        :return: naive UTC; None where the product has no expiration dates
        """
        if not made or not self.product_id.use_expiration_date:
            return None
        last = made + timedelta(days=self.product_id.expiration_time)
        return end_of(last, self._home_company()._zone())

    def _expires_by_core(self):
        """Tell whether it expires as is counted from when it was created.

        Core counts from when its form was opened: when it was saved, or some time
        before. A receipt counts from its day.
        """
        if not self[EXPIRATION]:
            return True
        saved = self.create_date or fields.Datetime.now()
        came = local_day(saved, self._home_company()._zone())
        if self[EXPIRATION] == self._end_of_life(came):
            return True
        counted = self[EXPIRATION] - timedelta(days=self.product_id.expiration_time)
        return saved - FORM_IS_OPEN <= counted <= saved + timedelta(minutes=1)

    def _label_day(self, name):
        """Return the day of a date as GS1 writes it, where the lot's company is.

        :param str name: one of the four dates, which the lot has
        """
        return local_day(self[name], self._home_company()._zone()).strftime("%y%m%d")

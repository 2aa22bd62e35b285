from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.inspection.limits import as_text, derived_as_text, deviation, mean
from ..base.arguments import ID, TEXT, check_options

#: More points than this no eye tells apart; the latest are shown.
MOST_POINTS = 1000
#: What a trend may be narrowed by: option -> field.
FILTERS = {
    "product_id": "product_id",
    "supplier_id": "supplier_id",
    "line": "production_line",
}
#: What programs may ask for. Days are told by their own sentence.
OPTIONS = {"characteristic_id": ID, "product_id": ID, "supplier_id": ID, "line": TEXT}


class StockLotInspectionResult(models.Model):
    """Numbers over time: how a characteristic develops over lots."""

    _inherit = "stock.lot.inspection.result"

    @api.model
    @api.readonly
    def get_trend_choices(self):
        """Return the characteristics that have numbers, most used first.

        :return: ``[{id, name, plan, unit, count}]``
        """
        counts = self._read_group(
            [("is_entered", "=", True), ("kind", "=", "numeric")],
            ["characteristic_id"],
            ["__count"],
        )
        return [
            {
                "id": characteristic.id,
                "name": characteristic.name,
                "plan": characteristic.plan_id.name,
                "unit": characteristic.unit or "",
                "count": count,
            }
            for characteristic, count in sorted(counts, key=lambda row: -row[1])
        ]

    @api.model
    @api.readonly
    def get_trend(self, options):
        """Return the numbers of one characteristic over time.

        :param dict options: ``characteristic_id``; and, to narrow it, ``product_id``,
            ``supplier_id``, ``line``, ``date_from`` and ``date_to`` (days)
        :return: dict of ``points`` (the oldest first, each with the limits of its
            time), ``figures`` as text, ``products``, ``suppliers`` and ``lines`` to
            choose from, and ``left_out`` (older points that are not shown)
        :raises UserError: on an option that is none
        """
        check_options(self.env, options, OPTIONS)
        domain = self._trend_domain(options)
        everything = domain & self._narrowed(options)
        latest = self.search(everything, order="date desc, id desc", limit=MOST_POINTS)
        results = latest.sorted(lambda result: (result.date, result.id))
        return {
            "points": [result._trend_point() for result in results],
            "figures": results._trend_figures(),
            "left_out": max(0, self.search_count(everything) - len(results)),
            "products": self._trend_names(domain, "product_id"),
            "suppliers": self._trend_names(domain, "supplier_id"),
            "lines": [
                line
                for (line,) in self._read_group(domain, ["production_line"])
                if line
            ],
        }

    def _trend_domain(self, options):
        return Domain(
            [
                ("is_entered", "=", True),
                ("kind", "=", "numeric"),
                ("characteristic_id", "=", options.get("characteristic_id")),
            ]
        )

    def _narrowed(self, options):
        domain = Domain.TRUE
        for option, name in FILTERS.items():
            if options.get(option):
                domain &= Domain(name, "=", options[option])
        first, last = (
            self._day(options.get(name)) for name in ("date_from", "date_to")
        )
        if first:
            domain &= Domain("date", ">=", first)
        if last and last < date.max:
            domain &= Domain("date", "<", fields.Date.add(last, days=1))
        return domain

    def _day(self, text):
        try:
            return fields.Date.to_date(text or None)
        except (TypeError, ValueError, KeyError) as error:
            raise UserError(
                self.env._("“%s” is no day. Write it as 2026-05-20.", str(text)[:20])
            ) from error

    def _trend_names(self, domain, name):
        groups = self._read_group(domain, [name], order=name)
        # sudo: names of what the user may see the results of
        return [
            {"id": record.id, "name": record.sudo().display_name}
            for (record,) in groups
            if record
        ]

    def _trend_point(self):
        limits = self._limits()
        return {
            "id": self.id,
            "inspection_id": self.inspection_id.id,
            "lot_id": self.lot_id.id,
            "lot": self.inspection_id.lot_name,
            "product": self.product_id.sudo().display_name,
            "supplier": self.supplier_id.sudo().display_name or "",
            "line": self.production_line or "",
            "date": fields.Datetime.to_string(self.date),
            "value": self.number,
            "lower": limits.lower,
            "upper": limits.upper,
            "target": self.target if self.has_target else None,
            "unit": self.unit or "",
            "fault": self._number_fault(self.number) or "",
        }

    def _trend_figures(self):
        numbers = self.mapped("number")
        if not numbers:
            return {}
        outside = sum(bool(result._number_fault(result.number)) for result in self)
        return {
            "count": len(numbers),
            "outside": outside,
            "mean": derived_as_text(mean(numbers), numbers),
            "deviation": derived_as_text(deviation(numbers), numbers),
            "lowest": as_text(min(numbers)),
            "highest": as_text(max(numbers)),
        }

    @api.model
    def action_open_trend(self, characteristic_id=None):
        """Open the trend chart, of one characteristic if it is named."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "batch_tracking.stock_lot_inspection_trend_action"
        )
        return {**action, "params": {"characteristic_id": characteristic_id}}

from odoo import fields, models
from odoo.tools import format_date

from ..genealogy.stock_lot_genealogy import BACK
from ..inspection.stock_lot_inspection import ACCEPTED, FAILED, PASSED

CERTIFIED = (PASSED, ACCEPTED, FAILED)


def _certified(inspections):
    return [inspection._certified() for inspection in inspections]


class StockLot(models.Model):
    """A certificate of analysis: what was found in a lot, for those who buy it."""

    _inherit = "stock.lot"

    def _certificate(self, with_ingredients=False):
        """Return what a certificate of this lot states, as plain values.

        :param bool with_ingredients: also the results of what went into it
        :return: dict of ``lot``, ``facts`` (pairs of label and text), ``inspections``,
            ``ingredients`` (lots with their ``inspections``), ``verdict`` and
            ``is_good``
        """
        self.ensure_one()
        lots = self._ingredients() if with_ingredients else self.browse()
        certified = (self | lots)._certified_inspections()
        inspections = certified.get(self, self.env["stock.lot.inspection"])
        return {
            "lot": self,
            "facts": self._certificate_facts(),
            "inspections": _certified(inspections),
            "ingredients": [
                {"lot": lot, "inspections": _certified(certified[lot])}
                for lot in lots
                if lot in certified
            ],
            **self._certificate_verdict(inspections),
        }

    def _ingredients(self):
        """Return the lots that went into this one, the nearest first."""
        levels = self.env["stock.lot.genealogy"]._levels(self, BACK)
        ids = sorted((id_ for id_ in levels if id_ != self.id), key=levels.get)
        visible = self.search([("id", "in", ids)])
        return visible.sorted(lambda lot: ids.index(lot.id))

    def _certified_inspections(self):
        """Return ``{lot: its inspections}``: of each plan the last that is closed."""
        latest = {}
        for inspection in self.env["stock.lot.inspection"].search(
            [("lot_id", "in", self.ids), ("state", "in", CERTIFIED)], order="id"
        ):
            latest[inspection.lot_id, inspection.plan_id] = inspection
        by_lot = {}
        for (lot, _plan), inspection in latest.items():
            by_lot[lot] = by_lot.get(lot, inspection.browse()) | inspection
        return by_lot

    def _certificate_facts(self):
        facts = [
            (self.env._("Product"), self.product_id.display_name),
            (self.env._("Batch"), self.name),
            (self.env._("Issued by"), self._issuer()),
        ]
        if self.production_date:
            made = format_date(self.env, self.production_date)
            facts.append((self.env._("Produced on"), made))
        for label, name in (
            (self.env._("Best before"), "use_date"),
            (self.env._("Expires on"), "expiration_date"),
        ):
            if self.use_expiration_date and self[name]:
                day = fields.Datetime.context_timestamp(self, self[name]).date()
                facts.append((label, format_date(self.env, day)))
        return facts

    def _certificate_verdict(self, inspections):
        """Return whether it may be used, as a sentence: who released it, and when."""
        last = inspections.sorted("completed_on")[-1:]
        failed = inspections.filtered(lambda inspection: inspection.state == FAILED)
        may_leave = self.disposition_id.allow_deliver
        if not inspections:
            verdict = self.env._("No inspection of this batch has been completed.")
        elif not may_leave:
            verdict = self.env._(
                "This batch is not released: %s.", self.disposition_id.name
            )
        elif failed:
            verdict = self._released_in_spite_message(failed)
        else:
            verdict = self._released_message(inspections, last._signed())
        is_good = bool(inspections) and may_leave and not failed
        return {"verdict": verdict, "is_good": is_good}

    def _released_in_spite_message(self, failed):
        """Return who released what had failed, when and why, as far as it is known."""
        names = ", ".join(failed.mapped("name"))
        event = self._last_disposition_events().get(self.id)
        if not event or event.date < max(failed.mapped("completed_on")):
            return self.env._(
                "This batch does not meet its specification (%s), and is not held for "
                "it.",
                names,
            )
        moment = fields.Datetime.context_timestamp(self, event.date)
        words = {
            "inspections": names,
            "who": event.user_name,
            "when": format_date(self.env, moment.date()),
        }
        if not event.reason:
            return self.env._(
                "This batch does not meet its specification (%(inspections)s). It was "
                "released all the same: %(who)s, %(when)s.",
                **words,
            )
        return self.env._(
            "This batch does not meet its specification (%(inspections)s). It was "
            "released all the same: %(who)s, %(when)s. Reason: %(reason)s",
            reason=event.reason,
            **words,
        )

    def _released_message(self, inspections, signed):
        if ACCEPTED in inspections.mapped("state"):
            return self.env._("This batch is released by deviation: %s.", signed)
        return self.env._(
            "This batch meets its specification and is released: %s.", signed
        )

    def _issuer(self):
        """Return the company that certifies, with its address, in one line."""
        company = self.company_id or self.env.company
        address = company.partner_id.with_context(show_address=True).display_name
        return ", ".join(filter(None, map(str.strip, address.splitlines())))

    def _certificate_name(self):
        return self.env._(
            "Certificate %(product)s %(lot)s",
            product=self.product_id.default_code or self.product_id.name,
            lot=self.name,
        ).replace("/", "-")

from odoo import models
from odoo.tools import format_date

from ...tools.days import local_day
from ..genealogy.stock_lot_genealogy import BACK
from .stock_lot_finding import Finding


class StockLot(models.Model):
    """A certificate of analysis: what was found in a lot, for those who buy it."""

    _inherit = "stock.lot"

    def _certificate(self, with_ingredients=False, quantity=None):
        """Return what a certificate of this lot states, as plain values.

        :param bool with_ingredients: also the results of what went into it
        :param float quantity: what is certified; None for all that has come in
        :return: dict of ``lot``, ``facts`` (pairs of label and text), ``inspections``,
            ``ingredients`` (lots with their ``inspections``), ``verdict`` and
            ``is_good``
        """
        self.ensure_one()
        finding = Finding(self)
        return {
            "lot": self,
            "facts": self._certificate_facts(quantity),
            "inspections": self._as_certified(finding.shown),
            "ingredients": self._certified_ingredients(finding)
            if with_ingredients
            else [],
            **self._certificate_verdict(finding),
        }

    def _as_certified(self, inspections):
        """Return inspections as a certificate of this lot states them."""
        return [
            {**inspection._certified(), "of": lot != self and inspection.lot_name}
            for inspection in inspections
            for lot in inspection.lot_id
        ]

    def _certified_ingredients(self, finding):
        """Return what was found in the lots that went in, but for its own goods."""
        lots = self._ingredients() - finding.same_goods
        latest = lots._closed_inspections()._latest_of_each_plan()
        by_lot = latest.grouped("lot_id")
        return [
            {"lot": lot, "inspections": lot._as_certified(by_lot[lot])}
            for lot in lots
            if lot in by_lot
        ]

    def _ingredients(self):
        """Return the lots that went into this one, the nearest first."""
        levels = self.env["stock.lot.genealogy"]._levels(self, BACK)
        ids = sorted((id_ for id_ in levels if id_ != self.id), key=levels.get)
        visible = self.search([("id", "in", ids)])
        return visible.sorted(lambda lot: ids.index(lot.id))

    def _certificate_facts(self, quantity=None):
        if quantity is None:
            quantity = self._trace(BACK).facts[self.id]["total"]
        amount = f"{self._as_figure(quantity)} {self.product_uom_id.name}"
        facts = [
            (self.env._("Product"), self.product_id.display_name),
            (self.env._("Batch"), self.name),
            (self.env._("Quantity"), amount),
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
                day = local_day(self[name], self._home_company()._zone())
                facts.append((label, format_date(self.env, day)))
        return facts

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

from odoo import api, models
from odoo.tools import SQL

from ..history.lot_change import LotChange
from .exceptions import BarredLotError

EXPIRY_FIELDS = ("expiration_date", "use_date", "removal_date", "alert_date")
DATE_FIELDS = ("production_date", *EXPIRY_FIELDS)


class StockLot(models.Model):
    """A lot that is split, merged, repacked or relabelled hands on what it knows."""

    _inherit = "stock.lot"

    def _was_there_sql(self):
        was_there = super()._was_there_sql()
        return SQL("%s OR move.lot_operation_id IS NOT NULL", was_there)

    @api.model
    def _make_child(self, product, parents, name=None):
        """Create a lot that inherits from ``parents``.

        :param product: product.product of the new lot
        :param name: its number; without, it is numbered by the product's pattern
        """
        values = {"product_id": product.id, **parents._handed_on(product)}
        if name:
            values["name"] = name
        return self.create([values])

    def _handed_on(self, product):
        """Return the values that a child made of these lots starts with.

        The earliest of all dates, the strictest of all dispositions; of the rest, what
        all parents have in common.
        """
        values = {"disposition_id": self.disposition_id._strictest().id}
        values |= {name: self._earliest(name) for name in DATE_FIELDS}
        if len(self.supplier_id) == 1 and all(self.mapped("supplier_id")):
            values["supplier_id"] = self.supplier_id.id
        alike = product.product_tmpl_id == self.product_id.product_tmpl_id
        if alike and len({str(lot.lot_properties) for lot in self}) == 1:
            values["lot_properties"] = dict(self[0].lot_properties)
        values = {name: value for name, value in values.items() if value}
        # Always said: what companies share is shared, whatever somebody's default is.
        return values | {"company_id": self._common_company(product).id}

    def _common_company(self, product):
        """Return the company that all lots belong to, or else the product."""
        is_common = len(self.company_id) == 1 and all(self.mapped("company_id"))
        return self.company_id if is_common else product.company_id

    def _earliest(self, name):
        return min(filter(None, self.mapped(name)), default=False)

    def _be_strict_as(self, parents):
        """Let a lot that was there before follow what is mixed into it."""
        self.ensure_one()
        both = self | parents
        values = {name: both._earliest(name) for name in EXPIRY_FIELDS}
        values["disposition_id"] = both.disposition_id._strictest().id
        current = {name: self[name] for name in EXPIRY_FIELDS}
        current["disposition_id"] = self.disposition_id.id
        changed = {
            name: value
            for name, value in values.items()
            if value and value != current[name]
        }
        if "expiration_date" in changed:
            # The dates that stay are written too: else they would move along.
            changed = {**{name: self[name] for name in EXPIRY_FIELDS}, **changed}
        if changed:
            # sudo: becoming stricter needs no quality manager
            self.sudo().write(changed)

    def _check_may_mix(self):
        """Refuse to mix lots if one is barred from use and the others are not.

        :raises BarredLotError: naming the lot that would bar all of it
        """
        dispositions = {lot.disposition_id for lot in self}
        barred = self.filtered(lambda lot: not lot.disposition_id._allows("consume"))
        if not barred or len(dispositions) == 1:
            return
        raise BarredLotError(self.env, lot=barred[0])

    # -- sub-lots: the same goods under another number

    def _sublot_changes(self, names):
        """Return what handing on ``names`` would change: ``[(sub-lot, field name)]``.

        Properties are handed on to lots of the same product only.
        """
        self.ensure_one()
        changes = []
        for sublot in self.env["stock.lot.genealogy"]._sublots(self):
            alike = sublot.product_id.product_tmpl_id == self.product_id.product_tmpl_id
            changes += [
                (sublot, name)
                for name in names
                if self[name]
                and (alike or name != "lot_properties")
                and sublot._as_text(name) != self._as_text(name)
            ]
        return changes

    def _hand_on_to_sublots(self, names, reason):
        """Give sub-lots the values of this lot, with an event for every change.

        :param names: names of fields, of those in ``_audited_fields``
        :param str reason: shown in the history of every sub-lot
        """
        self.check_access("write")
        changed = self.browse()
        # The expiration first: the other dates move along with it.
        for name in sorted(names, key=lambda name: name != "expiration_date"):
            sublots = self.browse(
                sublot.id for sublot, changing in self._sublot_changes([name])
            )
            changed |= sublots
            if name == "disposition_id":
                sublots._set_disposition(self.disposition_id, reason)
                continue
            value = dict(self[name]) if name == "lot_properties" else self[name]
            sublots._write_because({name: value}, LotChange(reason))
        return changed

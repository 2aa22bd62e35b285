from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.sql import escape_psql

from ...models.base.ids import check_one


class StockLotSetDisposition(models.TransientModel):
    """Adds batches by what they have in common."""

    _inherit = "stock.lot.set.disposition"

    def action_find(self):
        """Add the batches that meet what is asked, and show the wizard again.

        :raises UserError: when nothing is asked, or nothing is found
        """
        check_one(self)
        if not self.find_by:
            raise UserError(self.env._("Choose what the batches have in common."))
        domain = getattr(self, f"_domain_{self.find_by}")()
        lots = self.env["stock.lot"].search(domain)
        if not lots:
            raise UserError(
                self.env._(
                    "No batch meets this. Compare it with the label or ask for less."
                )
            )
        self.lot_ids = [Command.link(lot_id) for lot_id in lots.ids]
        self.find_by = False
        return {
            "type": "ir.actions.act_window",
            "name": self.lot_ids._hold_title(),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _domain_supplier_lot(self):
        number = (self.supplier_lot_name or "").strip()
        self._check_asked(number)
        return Domain("supplier_lot_name", "=ilike", escape_psql(number))

    def _domain_production_date(self):
        self._check_asked(self.date_from or self.date_to)
        domain = Domain("production_date", "!=", False)
        if self.date_from:
            domain &= Domain("production_date", ">=", self.date_from)
        if self.date_to:
            domain &= Domain("production_date", "<=", self.date_to)
        return domain & self._domain_optional_product()

    def _domain_equipment(self):
        name = (self.equipment or "").strip()
        self._check_asked(name)
        made_there = Domain("production_line", "ilike", name)
        made_there |= Domain("material_ids.equipment", "ilike", name)
        return made_there & self._domain_optional_product()

    def _domain_ancestor(self):
        self._check_asked(self.ancestor_id)
        genealogy = self.env["stock.lot.genealogy"]
        reached = genealogy._reach(self.ancestor_id, "forward")
        return Domain("id", "in", reached) & self._domain_optional_product()

    def _domain_product(self):
        self._check_asked(self.product_id)
        return self._domain_optional_product()

    def _domain_optional_product(self):
        if not self.product_id:
            return Domain.TRUE
        return Domain("product_id", "=", self.product_id.id)

    def _check_asked(self, value):
        if not value:
            raise UserError(self.env._("Say which batches: the field is empty."))

from odoo import api, fields, models
from odoo.tools import SQL

from .exceptions import SameNumberError
from .stock_picking_type import OURS


class StockMoveLine(models.Model):
    """Lets lots know who sent them, and under which number."""

    _inherit = "stock.move.line"

    supplier_lot_name = fields.Char(
        "Supplier's batch number",
        help="The number that the supplier has given to the batch, as on its label.",
    )
    production_date = fields.Date(
        help="The day it was made, as on the supplier's label; the batch keeps it."
    )

    def _action_done(self):
        result = super()._action_done()
        self.exists()._keep_supplier()
        return result

    def _prepare_new_lot_vals(self):
        vals = super()._prepare_new_lot_vals()
        if not self._from_suppliers():
            return vals
        return {**vals, **self._told_by_receipt()}

    def _keeps_suppliers_number(self):
        """Tell whether the supplier's number becomes ours."""
        return self._supplier_rule() == OURS and self.location_id.usage == "supplier"

    def _supplier_rule(self):
        return (
            self.product_id.batch_supplier_number
            or self.picking_type_id.batch_supplier_number
        )

    def _supplier_key(self):
        """Return what tells a supplier's batch from all others."""
        supplier = self.picking_id.partner_id.commercial_partner_id
        return self.product_id, supplier, self.supplier_lot_name.strip()

    def _receipt_vals(self):
        """Return what receipts tell of their lots.

        :return: ``{line id: values of stock.lot}``, of lines from suppliers only
        """
        return {line.id: line._told_by_receipt() for line in self._from_suppliers()}

    def _told_by_receipt(self):
        number = self.supplier_lot_name
        if not number and self.lot_name and self._supplier_rule() == OURS:
            number = self.lot_name
        values = {
            "supplier_id": self.move_id.picking_id.partner_id.id,
            "supplier_lot_name": number and number.strip(),
        }
        if self.production_date:
            values["production_date"] = self.production_date
        return values

    def _from_suppliers(self):
        """Return those of lines that suppliers sent, subcontractors among them."""
        places = self.location_id.filtered(lambda place: place.usage == "supplier")
        if places == self.location_id:
            return self
        subcontracted = self._subcontracted_moves()
        return self.filtered(
            lambda line: line.location_id in places or line.move_id in subcontracted
        )

    def _subcontracted_moves(self):
        """Return the receipts of what subcontractors made, which leaves their place."""
        if "is_subcontract" not in self.move_id._fields:
            return self.move_id.browse()
        return self.move_id.filtered("is_subcontract")

    # -- the same in SQL

    @api.model
    def _is_subcontracted_sql(self, move):
        """Return whether a stock_move is the receipt of what a subcontractor made."""
        if "is_subcontract" not in self.env["stock.move"]._fields:
            return SQL("FALSE")
        return SQL("COALESCE(%s, FALSE)", SQL.identifier(move, "is_subcontract"))

    @api.model
    def _vendor_sql(self):
        """Return who is meant by a receipt, and the joins that takes.

        The query has the tables ``picking`` and ``move``.
        """
        if "purchase_line_id" not in self.env["stock.move"]._fields:
            vendor = SQL("COALESCE(picking.partner_id, move.partner_id)")
            return {"vendor": vendor, "purchase": SQL("")}
        return {
            "vendor": SQL(
                "COALESCE(bought.partner_id, picking.partner_id, move.partner_id)"
            ),
            "purchase": SQL(
                "LEFT JOIN purchase_order_line bought"
                " ON bought.id = move.purchase_line_id"
            ),
        }

    def _keep_supplier(self):
        """Note supplier and number on lots that were there before, or are refused.

        :raises SameNumberError: when the lot is of another supplier, and numbers are
            theirs
        """
        missing = {}
        for line_id, values in self.filtered("lot_id")._receipt_vals().items():
            line = self.browse(line_id)
            line._check_same_supplier(values["supplier_id"])
            lot = line.lot_id
            new = {
                name: value for name, value in values.items() if value and not lot[name]
            }
            missing.setdefault(tuple(new.items()), set()).add(lot.id)
        for new, lot_ids in missing.items():
            if new:
                self.env["stock.lot"].browse(lot_ids).write(dict(new))

    def _check_same_supplier(self, supplier_id):
        supplier = self.env["res.partner"].browse(supplier_id)
        owner = self.lot_id.supplier_id
        is_other = (
            supplier
            and owner
            and supplier != owner
            and supplier.commercial_partner_id != owner.commercial_partner_id
        )
        if is_other and self._keeps_suppliers_number():
            raise SameNumberError(self)

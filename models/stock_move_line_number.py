from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from .stock_picking_type import OURS


# How lots get their numbers is a subject of its own, beside what may move.
class StockMoveLine(models.Model):
    """Where lots come in: our numbers, the supplier's numbers, and which is which."""

    _inherit = "stock.move.line"

    supplier_lot_name = fields.Char(
        "Supplier's batch number",
        help="The number that the supplier has given to the batch, as on its label.",
    )

    @api.onchange("lot_name")
    def _onchange_lot_name_look_alike(self):
        """Warn of numbers that people would take for this one."""
        if self.lot_name and not self.lot_id:
            lots = self.env["stock.lot"]
            return lots._look_alike_warning(self.product_id, self.lot_name)
        return None

    def _number_lots(self):
        """Give lines of new lots a number: the supplier's, or the next of the pattern.

        :raises UserError: when a number is missing that only people can know, or means
            two suppliers' batches
        """
        wanting = self.filtered(lambda line: line._may_be_numbered())
        foreign = wanting.filtered("supplier_lot_name")
        foreign._take_suppliers_numbers()
        foreign._find_suppliers_lots()
        wanting.filtered(lambda line: line._wants_pattern())._number_by_pattern()

    def _may_be_numbered(self):
        return (
            not (self.lot_name or self.lot_id)
            and self.picking_type_id.use_create_lots
            and self.quantity
            and self.product_id.tracking != "none"
        )

    def _wants_pattern(self):
        return (
            self.picking_type_id.batch_number_lots
            and not (self.lot_id or self.lot_name)
            and not self._keeps_suppliers_number()
        )

    def _keeps_suppliers_number(self):
        """Tell whether the supplier's number becomes ours."""
        return self._supplier_rule() == OURS and self.location_id.usage == "supplier"

    def _supplier_rule(self):
        return (
            self.product_id.batch_supplier_number
            or self.picking_type_id.batch_supplier_number
        )

    def _take_suppliers_numbers(self):
        """Let the supplier's number be ours, where the rule says so."""
        for line in self.filtered(lambda line: line._keeps_suppliers_number()):
            line.lot_name = line.supplier_lot_name.strip()

    def _find_suppliers_lots(self):
        """Find the lots that were received before under the supplier's number."""
        lines = self.filtered(
            lambda line: not line.lot_name and line.product_id.tracking == "lot"
        )
        if not lines:
            return
        lots = self.env["stock.lot"].search(
            [
                ("product_id", "in", lines.product_id.ids),
                (
                    "supplier_lot_name",
                    "in",
                    [line.supplier_lot_name.strip() for line in lines],
                ),
                ("company_id", "in", [False, *lines.company_id.ids]),
            ]
        )
        known = {lot._supplier_key(): lot for lot in lots}
        for line in lines:
            line.lot_id = known.get(line._supplier_key(), line.lot_id)

    def _supplier_key(self):
        """Return what tells a supplier's batch from all others."""
        supplier = self.picking_id.partner_id.commercial_partner_id
        return self.product_id, supplier, self.supplier_lot_name.strip()

    def _number_by_pattern(self):
        """Number new lots in order; one batch of a supplier is one lot of ours."""
        for (product, picking_type), lines in self.grouped(
            lambda line: (line.product_id, line.picking_type_id)
        ).items():
            sequence = product._batch_sequence()
            if not sequence:
                continue
            batches = lines._by_new_lot()
            place = sequence.with_context(batch_picking_type_id=picking_type.id)
            names = place._next_batch_numbers(product, False, len(batches))
            lines._write_numbers(dict(zip(batches, names, strict=True)))

    def _write_numbers(self, names):
        """Write many numbers at once: ``write`` would check every line by itself.

        :param dict names: lines (stock.move.line) to their number
        """
        with self.env.protecting([self._fields["lot_name"]], self):
            for lines, name in names.items():
                lines.lot_name = name
        self.modified(["lot_name"])

    def _by_new_lot(self):
        """Return the lines grouped by the lots they will make, in order."""
        batches = defaultdict(self.browse)
        for line in self:
            shared = line.supplier_lot_name and line.product_id.tracking == "lot"
            batches[line._supplier_key() if shared else line] += line
        return list(batches.values())

    # -- what a lot keeps of its receipt

    def _prepare_new_lot_vals(self):
        return {**super()._prepare_new_lot_vals(), **self._supplier_vals()}

    def _supplier_vals(self):
        """Return what a receipt tells of its lot."""
        if self.location_id.usage != "supplier":
            return {}
        number = self.supplier_lot_name
        if not number and self._supplier_rule() == OURS:
            number = self.lot_name
        return {
            "supplier_id": self.picking_id.partner_id.id,
            "supplier_lot_name": number and number.strip(),
        }

    def _keep_supplier(self):
        """Note supplier and number on lots that were there before, or are refused.

        :raises UserError: when the lot is of another supplier, and numbers are theirs
        """
        missing = defaultdict(self.env["stock.lot"].browse)
        for line in self:
            if line._has_told_its_supplier():
                continue
            values, lot = line._supplier_vals(), line.lot_id
            supplier = self.env["res.partner"].browse(values["supplier_id"])
            owner = lot.supplier_id.commercial_partner_id
            is_other = supplier and owner and supplier.commercial_partner_id != owner
            if is_other and line._keeps_suppliers_number():
                raise UserError(line._other_supplier_message())
            new = {name: new for name, new in values.items() if new and not lot[name]}
            missing[tuple(new.items())] |= lot
        for new, lots in missing.items():
            if new:
                lots.write(dict(new))

    def _has_told_its_supplier(self):
        """Tell whether the lot knows all that the line knows of its supplier."""
        lot = self.lot_id
        return (
            not lot
            or self.location_id.usage != "supplier"
            or (
                lot.supplier_id == self.picking_id.partner_id
                and (lot.supplier_lot_name or not self.supplier_lot_name)
            )
        )

    def _other_supplier_message(self):
        return self.env._(
            "Batch %(lot)s of %(product)s came from %(owner)s, and now from "
            "%(supplier)s: two suppliers use the same number. Type a number for the "
            "new batch that tells them apart, and keep %(number)s as the supplier's "
            "batch number.",
            lot=self.lot_id.name,
            product=self.product_id.display_name,
            owner=self.lot_id.supplier_id.display_name,
            supplier=self.picking_id.partner_id.display_name,
            number=self.supplier_lot_name or self.lot_id.name,
        )

from collections import defaultdict

from odoo import api, models

from ...tools.days import local_day
from .exceptions import OwnNumberMissingError
from .numbering import with_numbering


class StockMoveLine(models.Model):
    """Where lots come in: our numbers, the supplier's numbers, and which is which."""

    _inherit = "stock.move.line"

    @api.onchange("lot_name")
    def _onchange_lot_name_look_alike(self):
        """Warn of numbers that people would take for this one."""
        if self.lot_name and not self.lot_id:
            lots = self.env["stock.lot"]
            return lots._look_alike_warning(self.product_id, self.lot_name)
        return None

    def _action_done(self):
        self._number_lots()
        self._check_numbered()
        return super()._action_done()

    def _check_numbered(self):
        """Say what to do about lines that only the supplier has numbered.

        :raises OwnNumberMissingError: naming the first of them
        """
        for line in self.filtered("supplier_lot_name"):
            if not line.lot_name and line._may_be_numbered():
                raise OwnNumberMissingError(line)

    def _number_lots(self):
        """Give lines of new lots a number: the supplier's, or the next of the pattern.

        :raises UserError: when a number is missing that only people can know, or means
            two suppliers' batches
        """
        nameless = self.filtered(lambda line: not line.lot_name)
        wanting = nameless.filtered(lambda line: line._may_be_numbered())
        foreign = wanting.filtered("supplier_lot_name")
        foreign._take_suppliers_numbers()
        foreign._find_suppliers_lots()
        wanting.filtered(lambda line: line._wants_pattern())._number_by_pattern()

    def _may_be_numbered(self):
        return (
            not self.lot_id
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
        numbers = [line.supplier_lot_name.strip() for line in lines]
        lots = self.env["stock.lot"].search(
            [
                ("product_id", "in", lines.product_id.ids),
                ("supplier_lot_name", "in", numbers),
                ("company_id", "in", [False, *lines.company_id.ids]),
            ]
        )
        known = {lot._supplier_key(): lot for lot in lots}
        for line in lines:
            line.lot_id = known.get(line._supplier_key(), line.lot_id)

    def _number_by_pattern(self):
        """Number new lots in order; one batch of a supplier is one lot of ours."""
        for (product, picking_type), lines in self.grouped(
            lambda line: (line.product_id, line.picking_type_id)
        ).items():
            sequence = product._batch_sequence()
            if not sequence:
                continue
            codes = picking_type._batch_codes()
            pattern = sequence._batch_parsed()
            for (company, day, expiry), batches in lines._by_dates(pattern).items():
                company_sequence = with_numbering(sequence, company_id=company.id)
                names = company_sequence._next_batch_numbers(
                    product, day, len(batches), expiry, codes
                )
                lines._write_numbers(dict(zip(batches, names, strict=True)))

    def _by_dates(self, pattern):
        """Return what is numbered in one go, by the dates its number may speak of.

        :param Pattern pattern: None without a sound one
        :return: ``{(res.company, production day or False, day of expiry or None):
            [lines of one new lot]}``
        """
        says_expiry = bool(pattern and pattern.says_expiry)
        groups = defaultdict(list)
        for batch in self._by_new_lot():
            line = batch[0]
            company = line.company_id or self.env.company
            expiry = says_expiry and line.expiration_date
            expiry = local_day(expiry, company._zone()) if expiry else None
            groups[company, line._batch_production_day(), expiry].append(batch)
        return groups

    def _batch_production_day(self):
        """Return the day it was made, False for today where the company is."""
        return False

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

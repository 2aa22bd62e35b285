from collections import defaultdict

from odoo import models
from odoo.fields import Command

from odoo.addons.batch_tracking.models.base.said import said
from odoo.addons.batch_tracking.tools.answer.balance import is_none

from .exceptions import InvoicingRightMissingError, NothingToCreditError


class StockRecallConsignee(models.Model):
    """Credit notes of what was billed of recalled goods, by core's own reversal.

    Everything of Invoicing is done with the rights of who asks for it.
    """

    _inherit = "stock.recall.consignee"

    def _credit(self, basis):
        """Make a draft credit note of each invoice, for as much as is recalled.

        :param str basis: how much, one of ``BASES``
        :return: account.move
        :raises InvoicingRightMissingError: for users who may make no credit notes
        :raises NothingToCreditError: if nothing of it is on a posted invoice
        """
        self._check_may_credit()
        notes = self._credit_owed(basis)
        if not notes:
            raise NothingToCreditError(self)
        return notes

    def _check_may_credit(self):
        self._check_may_make_good()
        if not self.env["account.move"].has_access("create"):
            raise InvoicingRightMissingError(self.env)

    def _make_good_by(self, way, basis):
        if way == "credit":
            self._check_may_credit()
            return self._credit_owed(basis)
        return super()._make_good_by(way, basis)

    def _credit_owed(self, basis):
        planned = self._plan_credits(self._owed(basis))
        notes = self.env["account.move"].union(
            *(
                self._credit_invoice(invoice, lines)
                for invoice, lines in planned.items()
            )
        )
        for recall, lines in notes.invoice_line_ids.grouped(
            lambda line: line.recall_row_id.recall_id
        ).items():
            recall._note_made_good(lines.recall_row_id, lines.move_id)
        return notes

    def _plan_credits(self, owed):
        """Find the invoice lines of what is owed, and leave none credited twice.

        :param dict owed: ``{row: quantity in the product's unit}``
        :return: ``{invoice: {invoice line: [(row, quantity in the line's unit)]}}``
        """
        billed = self.union(*owed)._billed_lines()
        left = {}
        for some in billed.values():
            left |= some
        planned = defaultdict(lambda: defaultdict(list))
        for row, quantity in owed.items():
            for line, amount in row._share_billed(billed[row], quantity, left):
                planned[line.move_id][line].append((row, amount))
        return planned

    def _share_billed(self, billed, quantity, left):
        """Return ``[(invoice line, quantity in its unit)]``, and take it off ``left``.

        :param billed: lines on which the row was billed, those to credit first
        :param quantity: of the row, in the product's unit
        :param dict left: ``{invoice line: quantity not credited, in its unit}``
        """
        shares, own = [], self.product_id.uom_id
        for line in billed:
            unit = line.product_uom_id
            there = unit._compute_quantity(left[line], own, round=False)
            taken = min(quantity, there)
            if taken <= 0 or is_none(taken):
                continue
            share = own._compute_quantity(taken, unit, rounding_method="HALF-UP")
            shares.append((line, share))
            left[line] -= share
            quantity -= taken
        return shares

    def _credit_invoice(self, invoice, lines):
        """Reverse an invoice, and leave of it only what is recalled.

        :param dict lines: ``{invoice line: [(row, quantity)]}``
        :return: the credit note, a draft
        """
        recalls = self.union(
            *(row for goods in lines.values() for row, _quantity in goods)
        ).recall_id
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "reason": self.env._(
                        "Recall %s", ", ".join(recalls.mapped("name"))
                    ),
                    "journal_id": invoice.journal_id.id,
                }
            )
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        note.write({"invoice_line_ids": self._shares_of(invoice, note, lines)})
        return note

    def _shares_of(self, invoice, note, lines):
        """Return the commands that make of a whole reversal one of some goods."""
        commands = [
            Command.delete(line.id)
            for line in note.invoice_line_ids
            if line.display_type != "product"
        ]
        pairs = zip(invoice._goods_lines(), note._goods_lines(), strict=True)
        for original, copy in pairs:
            shares = [
                {**row._prepare_credit_line(original), "quantity": quantity}
                for row, quantity in lines.get(original, [])
            ]
            commands += self._split_into(copy, shares)
        return commands

    def _split_into(self, line, shares):
        """Return the commands that make of a line one for each of ``shares``.

        :param shares: values that differ from those of the line; none deletes it
        """
        if not shares:
            return [Command.delete(line.id)]
        whole = line.with_context(include_business_fields=True).copy_data()[0]
        whole.pop("move_id", None)
        further = [Command.create({**whole, **share}) for share in shares[1:]]
        return [Command.update(line.id, shares[0]), *further]

    def _prepare_credit_line(self, original):
        return {
            "recall_row_id": said(self),
            "name": self.env._(
                "%(goods)s\nBatch %(lot)s",
                goods=original.name or self.product_id.display_name,
                lot=self.lot_id.name,
            ),
        }

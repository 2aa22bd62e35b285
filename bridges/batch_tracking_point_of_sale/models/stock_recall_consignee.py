from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.batch_tracking.tools.answer.balance import is_none

from .exceptions import NothingToRefundError, TillRightMissingError

TILL = "till"


class StockRecallConsignee(models.Model):
    """Refunds of what tills have sold of recalled goods, paid out where it was sold."""

    _inherit = "stock.recall.consignee"

    @api.model
    def _made_good_sql(self):
        for model in ("pos.order", "pos.order.line"):
            self.env[model].flush_model()
        return [
            *super()._made_good_sql(),
            SQL(
                """
                SELECT line.recall_row_id AS row_id, 'credited' AS kind,
                       -line.qty AS quantity
                FROM pos_order_line line
                JOIN pos_order sale ON sale.id = line.order_id
                 AND sale.state <> 'cancel'
                WHERE line.recall_row_id IS NOT NULL
                """
            ),
        ]

    def _refund(self, basis):
        """Make refunds of each sale, for as much as is recalled.

        :param str basis: how much, one of ``BASES``
        :return: pos.order, to be paid out at the till
        :raises TillRightMissingError: for users who may make no orders at tills
        :raises NothingToRefundError: if nothing of it was sold at one
        :raises TillClosedError: if a till has no open session
        """
        self._check_may_refund()
        refunds = self._refund_owed(basis)
        if not refunds:
            raise NothingToRefundError(self)
        return refunds

    def _check_may_refund(self):
        self._check_may_make_good()
        if not self.env["pos.order"].has_access("create"):
            raise TillRightMissingError(self.env)

    def _make_good_by(self, way, basis):
        if way == TILL:
            self._check_may_refund()
            return self._refund_owed(basis)
        return super()._make_good_by(way, basis)

    def _refund_owed(self, basis):
        planned = self._plan_refunds(self._owed(basis))
        refunds = self.env["pos.order"].union(
            *(sale._refund_recalled(shares) for sale, shares in planned.items())
        )
        for recall, lines in refunds.lines.grouped(
            lambda line: line.recall_row_id.recall_id
        ).items():
            recall._note_made_good(lines.recall_row_id, lines.order_id)
        return refunds

    def _plan_refunds(self, owed):
        """Find what tills have sold of what is owed, and leave none refunded twice.

        :param dict owed: ``{row: quantity in the product's unit}``
        :return: ``{pos.order: {line: [(row, quantity)]}}``
        """
        delivered = self.union(*owed)._delivered_lines()
        left = {}
        planned = defaultdict(lambda: defaultdict(list))
        for row, quantity in owed.items():
            for line, amount in row._share_sold(delivered[row], quantity, left):
                planned[line.order_id][line].append((row, amount))
        return planned

    def _share_sold(self, delivered, quantity, left):
        """Return ``[(line of a sale, quantity)]``, and take it off ``left``.

        :param delivered: stock.move.line of the row, the last first
        :param dict left: ``{line of a sale: quantity that nobody has refunded}``
        """
        shares = []
        for picking, lines in delivered.grouped("picking_id").items():
            of_batch = sum(lines.mapped("quantity_product_uom"))
            for sold in picking.pos_order_id.lines.filtered(self._is_sold_by):
                there = left.setdefault(sold, sold.qty - sold.refunded_qty)
                taken = min(quantity, there, of_batch)
                if taken <= 0 or is_none(taken):
                    continue
                shares.append((sold, taken))
                left[sold] -= taken
                of_batch -= taken
                quantity -= taken
        return shares

    def _is_sold_by(self, line):
        return (
            line.product_id == self.product_id
            and self.lot_id.name in line.pack_lot_ids.mapped("lot_name")
        )

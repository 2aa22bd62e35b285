from datetime import timedelta

from odoo import api, fields, models


class StockRecallConsignee(models.Model):
    """On which invoices recalled goods were billed: by their order, or without one."""

    _inherit = "stock.recall.consignee"

    def _billed_lines(self):
        """Return ``{row: {invoice line: quantity not credited, in its unit}}``.

        Those to credit first come first.
        """
        delivered = self._delivered_lines()
        sold = {row: lines.move_id.sale_line_id for row, lines in delivered.items()}
        sale_lines = self.env["sale.order.line"].union(*sold.values())
        by_order = sale_lines._left_on_invoices()
        found = {
            row: {
                line: left
                for each in sold[row]
                for line, left in by_order[each].items()
            }
            for row in self
        }
        rest = {row: self._delivered_unordered(delivered[row]) for row in self}
        without = self.union(*(row for row, lines in rest.items() if lines))
        by_hand = without._left_without_order()
        for row in without:
            found[row] |= row._nearest_first(by_hand[row], rest[row])
        return found

    @api.model
    def _delivered_unordered(self, lines):
        """Return the lines of deliveries that no order of Sales or of a till led to."""
        has_tills = "pos_order_id" in self.env["stock.picking"]._fields
        return lines.filtered(
            lambda line: (
                not line.move_id.sale_line_id
                # sudo: only whether there is one is asked
                and not (has_tills and line.picking_id.sudo().pos_order_id)
            )
        )

    def _left_without_order(self):
        """Return ``{row: {invoice line: left}}`` of what no order has billed."""
        lines = self.env["account.move.line"].search(self._without_order_domain())
        by_goods = lines.grouped(_buyer_and_goods)
        left = {key: some._left_uncredited() for key, some in by_goods.items()}
        return {row: left.get(_buyer_and_goods(row), {}) for row in self}

    def _without_order_domain(self):
        partners = self.partner_id.commercial_partner_id
        domain = [
            ("partner_id.commercial_partner_id", "in", partners.ids),
            ("product_id", "in", self.product_id.ids),
            ("company_id", "in", self.company_id.ids),
            ("display_type", "=", "product"),
            ("parent_state", "!=", "cancel"),
            ("move_id.move_type", "in", ("out_invoice", "out_refund")),
            ("sale_line_ids", "=", False),
        ]
        if "pos_order_ids" in self.env["account.move"]._fields:
            domain.append(("move_id.pos_order_ids", "=", False))  # tills refund these
        return domain

    def _nearest_first(self, left, delivered):
        """Return ``left``, first the invoices made nearest to a delivery."""
        days = [fields.Date.to_date(line.date) for line in delivered]

        def distance(line):
            made = line.move_id.invoice_date or line.date
            return min((abs(made - day) for day in days), default=timedelta.max)

        return {line: left[line] for line in sorted(left, key=distance)}


def _buyer_and_goods(record):
    """Return what an invoice line and a row have in common."""
    return (
        record.partner_id.commercial_partner_id,
        record.product_id,
        record.company_id,
    )

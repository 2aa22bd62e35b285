from odoo import api, models

from odoo.addons.batch_tracking.models.base.said import only_said
from odoo.addons.batch_tracking.models.remedy.row import row_field

LINKS = ("recall_row_id",)


class SaleOrderLine(models.Model):
    """A line that a recall has asked for, or whose goods it credits."""

    _inherit = "sale.order.line"

    recall_row_id = row_field("The recalled goods that it replaces.")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([only_said(self, vals, LINKS) for vals in vals_list])

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

    def _left_on_invoices(self):
        """Return ``{order line: {invoice line: quantity not credited, in its unit}}``.

        The last invoice comes first. What was credited by hand counts as well: with
        the invoice that it reverses, or else with the last ones.
        """
        return {line: line._left_on_own_invoices() for line in self}

    def _left_on_own_invoices(self):
        billed = self.invoice_lines.filtered(
            lambda line: (
                line.parent_state == "posted"
                and line.move_id.move_type == "out_invoice"
                and line.product_id
            )
        ).sorted("id", reverse=True)
        left = {line: line.quantity for line in billed}
        refunds = self.invoice_lines.filtered(
            lambda line: (
                line.parent_state != "cancel" and line.move_id.move_type == "out_refund"
            )
        )
        for refund in refunds:
            origin = refund.move_id.reversed_entry_id
            own = billed.filtered(lambda line, origin=origin: line.move_id == origin)
            quantity = refund.quantity
            for line in own + (billed - own):
                in_unit = refund.product_uom_id._compute_quantity(
                    quantity, line.product_uom_id, round=False
                )
                taken = min(left[line], in_unit)
                left[line] -= taken
                quantity -= line.product_uom_id._compute_quantity(
                    taken, refund.product_uom_id, round=False
                )
        return left

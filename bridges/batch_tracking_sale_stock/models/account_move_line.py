from odoo import api, fields, models

from odoo.addons.batch_tracking.models.base.said import only_said

LINKS = ("recall_row_id",)


class AccountMoveLine(models.Model):
    """A line of a credit note that a recall has asked for."""

    _inherit = "account.move.line"

    recall_row_id = fields.Many2one(
        "stock.recall.consignee",
        "Makes good",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The recalled goods that it credits.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [only_said(self.browse(), vals, LINKS) for vals in vals_list]
        )

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

    def _left_uncredited(self):
        """Return ``{invoice line: quantity not credited, in its unit}`` of posted ones.

        The last invoice comes first. What was credited by hand, also on drafts, is
        taken off the invoice that it reverses, or else off the last ones.
        """
        billed = self.filtered(
            lambda line: (
                line.parent_state == "posted"
                and line.move_id.move_type == "out_invoice"
                and line.product_id
            )
        ).sorted("id", reverse=True)
        left = {line: line.quantity for line in billed}
        refunds = self.filtered(
            lambda line: (
                line.parent_state != "cancel" and line.move_id.move_type == "out_refund"
            )
        )
        for refund in refunds:
            refund._take_off(left)
        return left

    def _take_off(self, left):
        """Take what a line of a credit note has credited off ``left``."""
        origin, quantity = self.move_id.reversed_entry_id, self.quantity
        for line in sorted(left, key=lambda line: line.move_id != origin):
            in_unit = self.product_uom_id._compute_quantity(
                quantity, line.product_uom_id, round=False
            )
            taken = min(left[line], in_unit)
            left[line] -= taken
            quantity -= line.product_uom_id._compute_quantity(
                taken, self.product_uom_id, round=False
            )

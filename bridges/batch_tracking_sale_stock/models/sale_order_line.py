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
        return super().create(
            [only_said(self.browse(), vals, LINKS) for vals in vals_list]
        )

    def write(self, vals):
        return super().write(only_said(self, vals, LINKS))

    def _left_on_invoices(self):
        """Return ``{order line: {invoice line: quantity not credited, in its unit}}``.

        The last invoice comes first. What was credited by hand counts as well: with
        the invoice that it reverses, or else with the last ones.
        """
        return {line: line.invoice_lines._left_uncredited() for line in self}

from odoo import fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    """What waits for a product gets what has become eligible."""

    _inherit = "product.product"

    def _reserve_waiting(self):
        """Reserve for open moves of these products that wait for some.

        Those that Odoo reserves by itself: not where people do it by hand.
        """
        # sudo: a system parameter, and other companies' transfers get theirs too
        parameters = self.env["ir.config_parameter"].sudo()
        if not self or parameters.get_param("stock.picking_no_auto_reserve"):
            return
        by_odoo = Domain("reservation_date", "<=", fields.Date.today())
        by_odoo |= Domain("picking_type_id.reservation_method", "=", "at_confirm")
        by_odoo |= Domain("picking_type_id", "=", False)
        waiting = self.env["stock.move"].sudo()
        waiting = waiting.search(
            by_odoo
            & Domain("product_id", "in", self.ids)
            & Domain("state", "in", ("confirmed", "partially_available")),
            order="priority desc, date, id",
        )
        waiting._reserve_again()

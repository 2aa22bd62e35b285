from odoo import api, models

from ..base.characters import check_characters

#: What people read from a label and type.
TYPED = ("lot_name", "supplier_lot_name")


class StockMoveLine(models.Model):
    """What is typed for a lot that is to come can be read."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        check_characters(self, vals_list, TYPED)
        return super().create(vals_list)

    def write(self, vals):
        check_characters(self, [vals], TYPED)
        return super().write(vals)

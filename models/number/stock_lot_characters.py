from odoo import api, models

from ..base.characters import check_characters

#: What people read from a label and type.
TYPED = ("name", "ref", "supplier_lot_name", "production_line")


class StockLot(models.Model):
    """What is typed of a lot can be read, and told from every other."""

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        check_characters(self, vals_list, TYPED)
        return super().create(vals_list)

    def write(self, vals):
        check_characters(self, [vals], TYPED)
        return super().write(vals)

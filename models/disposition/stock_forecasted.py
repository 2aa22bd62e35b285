from odoo import models

from ...tools.movement import PLAN


class StockForecasted(models.AbstractModel):
    """The forecast counts on nothing that must not be planned with."""

    _inherit = "stock.forecasted_product_product"

    def _get_quant_domain(self, location_ids, products):
        domain = super()._get_quant_domain(location_ids, products)
        held = self.env["stock.quant"]._held_domain(PLAN)
        # A list, as core and other addons add to it; in lists of plain conditions Odoo
        # takes no “any!”.
        return [*domain, ~held]

from odoo import models
from odoo.fields import Domain

from ..tools.movement import PLAN


class StockForecasted(models.AbstractModel):
    """The forecast counts on nothing that must not be planned with."""

    _inherit = "stock.forecasted_product_product"

    def _get_quant_domain(self, location_ids, products):
        domain = super()._get_quant_domain(location_ids, products)
        forbidding = self.env["stock.lot.disposition"]._forbidding_ids(PLAN)
        if not forbidding:
            return domain
        held = Domain("lot_id.disposition_id", "in", forbidding)
        # A list, as core and other addons add to it.
        return [*domain, *(~held)]

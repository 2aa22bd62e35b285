from odoo import models
from odoo.fields import Domain

from .exceptions import HeldGoodsStayError


class ProductTemplate(models.Model):
    """A product with held batches on hand is followed by batch."""

    _inherit = "product.template"

    def write(self, vals):
        if vals.get("tracking") == "none" or vals.get("is_storable") is False:
            self._check_nothing_is_held()
        return super().write(vals)

    def _check_nothing_is_held(self):
        """Refuse to stop following products of which something is held.

        :raises HeldGoodsStayError: naming the batch
        """
        # sudo: other companies' goods are held as well
        quants = self.env["stock.quant"].sudo()
        mine = Domain("product_id.product_tmpl_id", "in", self.ids)
        mine &= Domain("quantity", ">", 0)
        mine &= Domain("location_id.usage", "in", ("internal", "transit"))
        held = quants.search(mine & quants._restricted_domain(), limit=1)
        if held:
            raise HeldGoodsStayError(
                held,
                self.env._(
                    "Batch %(lot)s of %(product)s is held and on hand: without batches "
                    "nobody would know which goods must not leave. Release or scrap it "
                    "first.",
                    lot=held.lot_id.name or "–",
                    product=held.product_id.display_name,
                ),
            )

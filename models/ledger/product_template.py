from odoo import models
from odoo.fields import Domain

from ...tools.movement import STOCK_USAGES
from .exceptions import HeldGoodsStayError

#: What says whether goods are followed by batch.
FOLLOWED_BY = {"tracking", "is_storable", "type"}


class ProductTemplate(models.Model):
    """A product with held batches on hand is followed by batch."""

    _inherit = "product.template"

    def write(self, vals):
        if not FOLLOWED_BY & vals.keys():
            return super().write(vals)
        before = {product: product._ways_followed() for product in self}
        result = super().write(vals)
        # By what has become of it: another type ends it as well.
        lost = self.filtered(lambda product: before[product] - product._ways_followed())
        lost._check_nothing_is_held()
        return result

    def _ways_followed(self):
        """Return in which ways its goods are followed: in stock, and by batch."""
        ways = {"stock"} if self.is_storable else set()
        return ways | ({"batch"} if self.tracking != "none" else set())

    def _check_nothing_is_held(self):
        """Refuse to stop following products of which something is held.

        :raises HeldGoodsStayError: naming the batch
        """
        if held := self._held_on_hand():
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

    def _held_on_hand(self):
        """Return some stock of these products that is held; none if none is."""
        # sudo: other companies' goods are held as well
        quants = self.env["stock.quant"].sudo()
        mine = Domain("product_id.product_tmpl_id", "in", self.ids)
        mine &= Domain("quantity", ">", 0)
        mine &= Domain("location_id.usage", "in", STOCK_USAGES)
        return quants.search(mine & quants._restricted_domain(), limit=1)

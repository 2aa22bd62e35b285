from odoo import fields, models
from odoo.fields import Domain

from ...tools.movement import PLAN


class ProductProduct(models.Model):
    """Counts on nothing that must not be planned with: it is on hand, but not free."""

    _inherit = "product.product"

    def _compute_quantities_dict(
        self, lot_id, owner_id, package_id, from_date=False, to_date=False
    ):
        quantities = super()._compute_quantities_dict(
            lot_id, owner_id, package_id, from_date, to_date
        )
        scope = {"lot_id": lot_id, "owner_id": owner_id, "package_id": package_id}
        for product, held in self._held_free(scope).items():
            of_product = quantities.get(product.id)
            if not of_product or not held:
                continue
            for name in ("free_qty", "virtual_available"):
                of_product[name] = product.uom_id.round(of_product[name] - held)
        return quantities

    def _held_free(self, scope):
        """Return ``{product: quantity}`` of held lots that nobody has reserved.

        What is past its removal date is not counted: core has taken that away already.
        """
        held = self.env["stock.quant"]._held_domain(PLAN)
        if held.is_false() or not self.ids:
            return {}
        rows = self.env["stock.quant"]._read_group(
            held & self._counted_domain(scope),
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        return {product: quantity - reserved for product, quantity, reserved in rows}

    def _counted_domain(self, scope):
        """Return the domain of the stock.quant that core counts as available."""
        domain = Domain("product_id", "in", self.ids)
        domain &= Domain(self._get_domain_locations()[0])
        for name, value in scope.items():
            if value is not None:
                domain &= Domain(name, "=", value)
        if "owners" in self.env.context:
            owners = self.env.context["owners"]
            domain &= Domain("owner_id", "in", owners or [False])
        day = self.env.context.get("to_date") or fields.Date.today()
        fresh = Domain("removal_date", "=", False) | Domain("removal_date", ">", day)
        return domain & fresh

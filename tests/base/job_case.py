"""The scene of the tests of other people's work: goods, and people with one right."""

from odoo.fields import Command
from odoo.tests import Form

from ..common import KitchenCase


class JobCase(KitchenCase):
    """Goods followed by batch and goods that are not; a batch of them is on hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.napkins = cls.env["product.product"].create(
            {"name": "Napkins", "is_storable": True, "standard_price": 1}
        )
        cls.env["stock.quant"]._update_available_quantity(cls.napkins, cls.stock, 50)
        cls.held = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.good = cls.receive(cls.chickpeas, "CP-2", 10)
        cls.held._set_disposition(cls.held._disposition("hold"), "Stones")
        cls.goods = cls.napkins | cls.chickpeas

    @classmethod
    def worker(cls, name, *groups):
        """Return an internal user with these rights and what they imply."""
        rights = [cls.env.ref("base.group_user"), *map(cls.env.ref, groups)]
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": name,
                "email": f"{name}@example.com",
                "group_ids": [Command.set([right.id for right in rights])],
            }
        )

    @classmethod
    def installed(cls, *models):
        return all(model in cls.env for model in models)

    def prepare_accounts(self):
        if not self.env["account.journal"].search_count(
            [("type", "=", "purchase"), ("company_id", "=", self.company.id)]
        ):
            self.env["account.chart.template"].try_loading(
                "generic_coa", company=self.company, install_demo=False
            )

    def value_by(self, method):
        if "property_cost_method" in self.env["product.category"]._fields:
            self.goods.categ_id = self.env["product.category"].create(
                {"name": method, "property_cost_method": method}
            )

    def buy(self, user, product, number):
        form = Form(self.env["purchase.order"].with_user(user))
        form.partner_id = self.supplier
        with form.order_line.new() as line:
            line.product_id = product
            line.product_qty = 5
            line.price_unit = 3
        order = form.save()
        order.button_confirm()
        picking = order.sudo().picking_ids
        for line in picking.move_line_ids:
            line.write({"quantity": 5, "lot_name": number})
        self.validate(picking)
        return order

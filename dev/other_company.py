"""A company whose people have no right on Inventory, in a database without us too."""

from odoo import Command
from odoo.tests import Form

#: Who works here: the name of the role -> its rights.
ROLES = {
    "salesperson": ("sales_team.group_sale_salesman",),
    "sales manager": ("sales_team.group_sale_manager",),
    "purchaser": ("purchase.group_purchase_user",),
    "purchase manager": ("purchase.group_purchase_manager",),
    "accountant": ("account.group_account_invoice",),
    "chief accountant": ("account.group_account_manager",),
    "cashier": ("point_of_sale.group_pos_user",),
    "till manager": ("point_of_sale.group_pos_manager",),
    "production user": ("mrp.group_mrp_user",),
    "production manager": ("mrp.group_mrp_manager",),
}
#: Those that nobody follows, and those with batches that expire.
GOODS = {
    "napkins": {"method": "average"},
    "chickpeas": {"method": "fifo", "tracking": "lot", "use_expiration_date": True},
}
#: Those who open the screens of their menus as well; others see hardly any more.
AT_SCREENS = ("salesperson", "purchaser", "accountant", "cashier", "production user")
#: Shows that a job can be done at all: what nobody else may, this one does.
EVERYBODY = "everybody in one"
INVENTORY = ("stock.group_stock_manager",)


class Company:
    """A company that sells napkins, which nobody follows, and chickpeas by batch."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self._prepare_accounts()
        self.stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
        self.supplier, self.market = env["res.partner"].create(
            [{"name": "Supplier"}, {"name": "Market"}]
        )
        self.goods = {name: self._make_goods(name, **GOODS[name]) for name in GOODS}
        self.scarce = {
            product: self._make_goods(f"scarce {name}", **GOODS[name])
            for name, product in self.goods.items()
        }
        self.hummus = self._make_product("Hummus", tracking="lot")
        self.freight = self._make_service("Freight", landed_cost_ok=True)
        self.mending = self._make_service("Mending", service_tracking="repair")
        self.till = self._make_till()
        self.users = {name: self._hire(name, *ROLES[name]) for name in ROLES}
        rights = [right for names in ROLES.values() for right in names]
        self.users[EVERYBODY] = self._hire(EVERYBODY, *rights, *INVENTORY)
        self._prepare()
        self._hold_some()
        env.flush_all()

    def _prepare(self):
        """Do what goes before a job: each is undone, and finds this again."""
        self.received, self.invoices, self.rules = {}, {}, {}
        buying = self.env.ref("purchase_stock.route_warehouse0_buy")
        for product in self.goods.values():
            order = self.received[product] = order_goods(self.env, self, product)
            order.button_confirm()
            self.carry_out(order.picking_ids)
            order = quote(self.env, self, product)
            order.action_confirm()
            self.carry_out(order.picking_ids)
            self.invoices[product] = order._create_invoices()
            scarce = self.scarce[product]
            scarce.route_ids = [Command.link(buying.id)]
            self.rules[product] = self._make_rule(scarce)
            quote(self.env, self, scarce, quantity=70).action_confirm()

    def _hold_some(self):
        """Hold a batch, where our addon is: nobody's job needs just this one."""
        if "stock.lot.disposition" in self.env:
            lot = self.count(self.goods["chickpeas"], 10, number=2)
            lot._set_disposition(lot._disposition("hold"), "Stones in it")

    def _make_rule(self, product):
        return self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": product.id,
                "location_id": self.stock.id,
                "trigger": "manual",
                "product_min_qty": 5,
                "product_max_qty": 60,
            }
        )

    def _prepare_accounts(self):
        journals = [("type", "=", "purchase"), ("company_id", "=", self.company.id)]
        if not self.env["account.journal"].search_count(journals):
            charts = self.env["account.chart.template"]
            charts.try_loading("generic_coa", company=self.company, install_demo=False)

    def _hire(self, name, *rights):
        groups = [self.env.ref(right).id for right in ("base.group_user", *rights)]
        login = name.replace(" ", "-")
        return self.env["res.users"].create(
            {
                "name": name,
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [Command.set(groups)],
            }
        )

    def _make_product(self, name, **values):
        return self.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "standard_price": 1,
                "expiration_time": 60,
                **values,
            }
        )

    def _make_goods(self, name, method, **values):
        category = self.env["product.category"].create(
            {"name": method, "property_cost_method": method}
        )
        product = self._make_product(
            name,
            categ_id=category.id,
            available_in_pos=True,
            seller_ids=[Command.create({"partner_id": self.supplier.id, "price": 3})],
            **values,
        )
        self.count(product, 50)
        return product

    def _make_service(self, name, **values):
        return self.env["product.product"].create(
            {"name": name, "type": "service", **values}
        )

    def _make_till(self):
        journal = self.env["account.journal"].create(
            {"name": "Coins", "type": "cash", "code": "COIN"}
        )
        method = self.env["pos.payment.method"].create(
            {"name": "Coins", "journal_id": journal.id}
        )
        return self.env["pos.config"].create(
            {"name": "Till", "payment_method_ids": [Command.set(method.ids)]}
        )

    # -- what others do meanwhile

    def count(self, product, quantity, number=1):
        """Find so much of a product by counting; return the batch, if it has any."""
        lot = self.env["stock.lot"]
        if product.tracking == "lot":
            name = f"{product.name}-{number}"
            lot = lot.create({"product_id": product.id, "name": name})
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        quants.create(
            {
                "product_id": product.id,
                "location_id": self.stock.id,
                "lot_id": lot.id,
                "inventory_quantity": quantity,
            }
        ).action_apply_inventory()
        return lot

    def carry_out(self, transfers):
        """Receive or send, as the warehouse does."""
        transfers = transfers.sudo().with_user(1)
        for line in transfers.move_line_ids:
            if line.product_id.tracking == "lot" and not line.lot_id:
                line.lot_name = f"IN-{line.id}"
        transfers.move_ids.picked = True
        transfers.with_context(skip_backorder=True).button_validate()


def order_goods(env, company, product):
    form = Form(env["purchase.order"])
    form.partner_id = env["res.partner"].browse(company.supplier.id)
    with form.order_line.new() as line:
        line.product_id = env["product.product"].browse(product.id)
        line.product_qty = 5
        line.price_unit = 3
    return form.save()


def quote(env, company, *products, quantity=2):
    form = Form(env["sale.order"])
    form.partner_id = env["res.partner"].browse(company.market.id)
    for product in products:
        with form.order_line.new() as line:
            line.product_id = env["product.product"].browse(product.id)
            line.product_uom_qty = quantity
    return form.save()

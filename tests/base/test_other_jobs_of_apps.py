"""More of what people do without a right on Inventory: till, workshop, purchases."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from .job_case import JobCase


@tagged("post_install", "-at_install")
class TestCashier(JobCase):
    """Opens the till, sells, and closes it in the evening."""

    def setUp(self):
        super().setUp()
        if not self.installed("pos.order"):
            self.assertNotIn("point_of_sale", self.env.registry._init_modules)
            self.goods = self.goods.browse()
            return
        self.prepare_accounts()
        method = self.env["pos.payment.method"].create(
            {
                "name": "Coins",
                "journal_id": self.env["account.journal"]
                .create({"name": "Coins", "type": "cash", "code": "COIN"})
                .id,
            }
        )
        self.till = self.env["pos.config"].create(
            {"name": "Till", "payment_method_ids": [Command.set(method.ids)]}
        )

    def sell(self, session, product, quantity=2):
        line = {"product_id": product.id, "name": product.name, "qty": quantity}
        paid = {"price_unit": 1, "price_subtotal": 2, "price_subtotal_incl": 2}
        lots = self.good.name if product.tracking == "lot" else False
        packs = [Command.create({"lot_name": lots})] if lots else []
        order = session.env["pos.order"].create(
            {
                "session_id": session.id,
                "company_id": self.company.id,
                "amount_total": 2,
                "amount_paid": 0,
                "amount_tax": 0,
                "amount_return": 0,
                "lines": [Command.create({**line, **paid, "pack_lot_ids": packs})],
            }
        )
        order.add_payment(
            {
                "pos_order_id": order.id,
                "amount": 2,
                "payment_method_id": self.till.payment_method_ids.id,
            }
        )
        order.action_pos_order_paid()
        order._create_order_picking()
        return order.sudo().picking_ids

    def test_morning_to_evening(self):
        for product in self.goods:
            # Core itself lets a cashier find no batch; who manages the till may.
            is_tracked = product.tracking == "lot"
            right = "manager" if is_tracked else "user"
            cashier = self.worker(
                f"cashier-{product.id}", f"point_of_sale.group_pos_{right}"
            )
            till = self.till.with_user(cashier)
            till.open_ui()
            session = till.current_session_id
            session.set_opening_control(0, "")
            transfer = self.sell(session, product)
            self.assertEqual(transfer.state, "done")
            lot = self.good if is_tracked else self.good.browse()
            self.assertEqual(transfer.move_line_ids.lot_id, lot)
            session.close_session_from_ui()
            self.assertEqual(session.state, "closed")


@tagged("post_install", "-at_install")
class TestRepairSeller(JobCase):
    """Sells a repair; the workshop's order is made for it."""

    def test_a_quotation_becomes_a_repair(self):
        if not self.installed("repair.order", "sale.order"):
            self.assertNotIn("sale_stock", self.env.registry._init_modules)
            return
        service = self.env["product.product"].create(
            {
                "name": "Mend the mixer",
                "type": "service",
                "service_tracking": "repair",
            }
        )
        for product in self.goods:
            name = f"mender-{product.id}"
            user = self.worker(name, "sales_team.group_sale_salesman")
            form = Form(self.env["sale.order"].with_user(user))
            form.partner_id = self.market
            for wanted in (service, product):
                with form.order_line.new() as line:
                    line.product_id = wanted
            order = form.save()
            order.action_confirm()
            repair = order.sudo().repair_order_ids
            self.assertEqual(repair.state, "confirmed")


@tagged("post_install", "-at_install")
class TestReplenishment(JobCase):
    """What is sold is ordered again, whoever sells; purchasers see how much."""

    def test_a_sale_orders_what_is_missing(self):
        if not self.installed("purchase.order", "sale.order"):
            self.assertNotIn("purchase_stock", self.env.registry._init_modules)
            return
        buy = self.env.ref("purchase_stock.route_warehouse0_buy")
        for product in self.goods:
            product.write(
                {
                    "route_ids": [Command.link(buy.id)],
                    "seller_ids": [
                        Command.create({"partner_id": self.supplier.id, "price": 3})
                    ],
                }
            )
            rule = self.env["stock.warehouse.orderpoint"].create(
                {
                    "product_id": product.id,
                    "location_id": self.stock.id,
                    "product_min_qty": 5,
                    "product_max_qty": 60,
                }
            )
            name = f"busy-{product.id}"
            seller = self.worker(name, "sales_team.group_sale_salesman")
            buyer = self.worker(f"{name}-buyer", "purchase.group_purchase_user")
            order = self.env["sale.order"].with_user(seller)
            order = order.create(
                {
                    "partner_id": self.market.id,
                    "order_line": [
                        Command.create(
                            {"product_id": product.id, "product_uom_qty": 70}
                        )
                    ],
                }
            )
            order.action_confirm()
            self.assertGreater(rule.with_user(buyer).read(["qty_forecast"]), [])
            rule._procure_orderpoint_confirm(company_id=self.company)
            lines = self.env["purchase.order.line"].with_user(buyer)
            bought = lines.search([("product_id", "=", product.id)])
            self.assertGreaterEqual(sum(bought.mapped("product_qty")), 70)
            bought.order_id.button_confirm()


@tagged("post_install", "-at_install")
class TestLandedCost(JobCase):
    """An accountant puts the freight on what was received, where core lets one."""

    def test_freight_is_shared_by_the_goods(self):
        if not self.installed("stock.landed.cost", "purchase.order"):
            self.assertNotIn("stock_landed_costs", self.env.registry._init_modules)
            return
        self.prepare_accounts()
        freight = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "landed_cost_ok": True}
        )
        for method in ("average", "fifo"):
            self.value_by(method)
            for product in self.goods:
                name = f"freight-{method}-{product.id}"
                accountant = self.worker(
                    name, "account.group_account_manager", "stock.group_stock_manager"
                )
                buyer = self.worker(f"{name}-buyer", "purchase.group_purchase_user")
                number = product.tracking == "lot" and f"CP-{method}"
                order = self.buy(buyer, product, number)
                cost = self.env["stock.landed.cost"].with_user(accountant)
                cost = cost.create(
                    {
                        "date": fields.Date.today(),
                        "picking_ids": [Command.set(order.sudo().picking_ids.ids)],
                        "cost_lines": [
                            Command.create(
                                {
                                    "product_id": freight.id,
                                    "price_unit": 10,
                                    "split_method": "by_quantity",
                                }
                            )
                        ],
                    }
                )
                cost.button_validate()
                self.assertEqual(cost.state, "done")
                if number:
                    lot = self.env["stock.lot"].search([("name", "=", number)])
                    self.assertEqual(lot.unit_cost, 5, "3 each, and 10 shared by 5")

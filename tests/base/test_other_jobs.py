"""What people do who have no right on Inventory, in the apps that are installed.

Core lets them do all of it; so must we. Each job is done as one person with one right,
on goods that we follow and on goods that we do not.
"""

from odoo.tests import Form, tagged

from .job_case import JobCase

QUANTITIES = ["qty_available", "free_qty", "virtual_available", "incoming_qty"]


@tagged("post_install", "-at_install")
class TestEmployee(JobCase):
    """Somebody of the office who looks up quantities: core wants some right for it."""

    def office(self, name="office"):
        right = "batch_tracking.group_batch_viewer"
        if self.installed("sale.order"):
            right = "sales_team.group_sale_salesman"
        return self.worker(name, right)

    def test_reads_how_much_there_is(self):
        goods = self.goods.with_user(self.office())
        rows = goods.read(QUANTITIES)
        found = {row["id"]: (row["qty_available"], row["free_qty"]) for row in rows}
        self.assertEqual(
            found,
            {self.napkins.id: (50, 50), self.chickpeas.id: (20, 10)},
            "what is on hold is on hand, and not free",
        )

    def test_reads_how_much_there_is_in_a_quarantine_place(self):
        place = self.stock.copy({"name": "Cage", "location_id": self.stock.id})
        place.disposition_id = self.good._disposition("hold")
        self.put_on_hand(self.good, 5, place)
        goods = self.chickpeas.with_user(self.office())
        self.assertEqual((goods.qty_available, goods.free_qty), (25, 10))

    def test_searches_and_groups_by_what_is_free(self):
        products = self.env["product.product"].with_user(self.office())
        found = products.search(
            [("free_qty", ">", 0), ("id", "in", self.goods.ids)], order="id"
        )
        self.assertEqual(found, self.goods.sorted("id"))
        templates = self.goods.product_tmpl_id.with_user(self.office("desk"))
        self.assertEqual(
            {row["virtual_available"] for row in templates.read(["virtual_available"])},
            {50, 10},
        )


@tagged("post_install", "-at_install")
class TestSalesperson(JobCase):
    """Quotes, sells, sees what is available, and invoices what was delivered."""

    def sell(self, user, product, quantity=2):
        form = Form(self.env["sale.order"].with_user(user))
        form.partner_id = self.market
        with form.order_line.new() as line:
            line.product_id = product
            line.product_uom_qty = quantity
        return form.save()

    def setUp(self):
        super().setUp()
        if not self.installed("sale.order"):
            self.assertNotIn("sale_stock", self.env.registry._init_modules)
            self.goods = self.goods.browse()

    def test_quotation_to_delivery_to_invoice(self):
        for product in self.goods:
            user = self.worker(f"sales-{product.id}", "sales_team.group_sale_salesman")
            order = self.sell(user, product)
            line = order.order_line
            line.read(["virtual_available_at_date", "free_qty_today", "qty_to_deliver"])
            self.assertGreater(line.free_qty_today, 0)
            order.action_confirm()
            line.invalidate_recordset()
            line.read(["virtual_available_at_date", "free_qty_today"])
            self.validate(order.sudo().picking_ids)
            line.invalidate_recordset()
            self.assertEqual(line.qty_delivered, 2)
            order._create_invoices()
            order.action_lock()

    def test_changes_what_is_reserved(self):
        for product in self.goods:
            user = self.worker(f"sales-{product.id}", "sales_team.group_sale_salesman")
            order = self.sell(user, product)
            order.action_confirm()
            order.order_line.product_uom_qty = 3
            self.assertEqual(
                sum(order.sudo().picking_ids.move_ids.mapped("quantity")), 3
            )


@tagged("post_install", "-at_install")
class TestPurchaserAndAccountant(JobCase):
    """Orders, changes the price after receipt, posts the bill."""

    def setUp(self):
        super().setUp()
        if not self.installed("purchase.order"):
            self.assertNotIn("purchase_stock", self.env.registry._init_modules)
            self.goods = self.goods.browse()
        if self.installed("account.move"):
            self.prepare_accounts()

    def test_order_to_bill(self):
        for method in ("standard", "average", "fifo"):
            self.value_by(method)
            for product in self.goods:
                name = f"{method}-{product.id}"
                buyer = self.worker(f"buyer-{name}", "purchase.group_purchase_user")
                accountant = self.worker(
                    f"accountant-{name}", "account.group_account_invoice"
                )
                number = product.tracking == "lot" and f"CP-{method}"
                order = self.buy(buyer, product, number)
                self.assertEqual(order.order_line.qty_received, 5)
                order.with_user(accountant).action_create_invoice()
                bill = order.with_user(accountant).invoice_ids
                bill.invoice_date = "2026-01-01"
                bill.invoice_line_ids.price_unit = 3.5
                bill.action_post()
                self.assertEqual(bill.state, "posted")

    def test_price_after_receipt(self):
        for method in ("standard", "average", "fifo"):
            self.value_by(method)
            for product in self.goods:
                boss = self.worker(
                    f"boss-{method}-{product.id}", "purchase.group_purchase_manager"
                )
                number = product.tracking == "lot" and f"CP-{method}"
                order = self.buy(boss, product, number)
                order.order_line.price_unit = 4
                if number:
                    lot = self.env["stock.lot"].search([("name", "=", number)])
                    self.assertEqual(lot.unit_cost, 4)


@tagged("post_install", "-at_install")
class TestProductionUser(JobCase):
    """Plans and makes, as somebody of Manufacturing alone."""

    def setUp(self):
        super().setUp()
        if not self.installed("mrp.production"):
            self.assertNotIn("mrp", self.env.registry._init_modules)
            self.goods = self.goods.browse()

    def test_order_to_finished_batch(self):
        for product in self.goods:
            user = self.worker(f"cook-{product.id}", "mrp.group_mrp_user")
            form = Form(self.env["mrp.production"].with_user(user))
            form.product_id = self.hummus
            form.product_qty = 4
            with form.move_raw_ids.new() as move:
                move.product_id = product
                move.product_uom_qty = 2
            order = form.save()
            order.action_confirm()
            order.action_assign()
            self.assertEqual(order.reservation_state, "assigned")
            order.action_generate_serial()
            order.qty_producing = 4
            order.set_qty_producing()
            order.move_raw_ids.picked = True
            order.button_mark_done()
            self.assertEqual(order.state, "done")
            order.read(["components_availability", "components_availability_state"])

from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from .role_case import RoleCase


@tagged("post_install", "-at_install")
class TestScreensOfRoles(RoleCase):
    """The batch and what is reached from it open as well."""

    def test_who_has_it_and_genealogy(self):
        for _role, env in self.each_role():
            lot = env["stock.lot"].browse(self.first.id)
            self.assertTrue(lot.get_genealogy()["nodes"])
            self.assertTrue(lot.get_whereabouts())
            self.assertTrue(lot.get_timeline())
            self.assertTrue(env["stock.lot"].find_by_number("H-1"))
            self.assertTrue(lot.trace("back"))

    def test_each_role_is_offered_its_own_work(self):
        """Customer service looks, a clerk holds, and recall managers recall."""
        offered = {
            "viewer": {"action_who_has_it", "action_genealogy"},
            "user": {"action_set_disposition", "action_inspect"},
            "quality": set(),
            "recall": {"action_recall"},
            "administrator": set(),
        }
        every = set().union(*offered.values())
        expected = set()
        for role, env in self.each_role():
            expected |= offered[role]
            arch = etree.fromstring(env["stock.lot"].get_view(view_type="form")["arch"])
            shown = {button.get("name") for button in arch.iter("button")}
            with self.subTest(role=role):
                self.assertEqual(shown & every, expected)

    def test_no_date_of_the_batch_is_shown_twice(self):
        arch = etree.fromstring(
            self.env["stock.lot"].get_view(view_type="form")["arch"]
        )
        for name in ("alert_date", "use_date", "removal_date"):
            shown = arch.xpath(
                "//group[@name='expiration_dates']//field[@name=$n]", n=name
            )
            self.assertEqual(len(shown), 1, name)

    def test_batches_of_a_customer(self):
        for role, env in self.each_role():
            customer = env["res.partner"].browse(self.market.id)
            with self.subTest(role=role):
                self.assertTrue(customer.batch_count)
                self.open_action(env, customer.action_open_batches())

    def test_buttons_of_the_batch(self):
        """What the form of a batch shows can be pressed."""
        for role, env in self.each_role():
            lot = env["stock.lot"].browse(self.first.id)
            view = lot.get_view(view_type="form")
            arch = etree.fromstring(view["arch"])
            for button in arch.xpath("//button[@name][not(ancestor::field)]"):
                with self.subTest(role=role, button=button.get("name")):
                    self.press(env, lot, button)

    def test_a_transfer_opens_for_who_may_see_it(self):
        """With all that other apps show on it, such as the order behind it."""
        delivery = self.ordered_delivery()
        opened = set()
        for role, env in self.each_role():
            picking = env["stock.picking"].browse(delivery.id)
            if not picking.has_access("read"):
                continue
            with self.subTest(role=role):
                self.open_action(env, self.form_of(picking))
            opened.add(role)
        self.assertEqual(opened, set(self.workers))

    def ordered_delivery(self):
        """Return a delivery, by an order where Sales is there."""
        if (
            "sale.order" not in self.env
            or "picking_ids" not in self.env["sale.order"]._fields
        ):
            return self.order(self.hummus, 2, self.market)
        line = {"product_id": self.hummus.id, "product_uom_qty": 2}
        sale = self.env["sale.order"].create(
            {"partner_id": self.market.id, "order_line": [Command.create(line)]}
        )
        sale.action_confirm()
        return sale.picking_ids

    def form_of(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }

    def press(self, env, lot, button):
        if button.get("type") == "object":
            action = getattr(lot, button.get("name"))()
        else:
            action_id = int(button.get("name"))
            kind = self.env["ir.actions.actions"].browse(action_id).sudo().type
            action = env[kind].sudo().browse(action_id).read()[0]
        if isinstance(action, dict) and action["type"] == "ir.actions.act_window":
            context = action.get("context")
            self.open_action(
                env(context=context if isinstance(context, dict) else {}), action
            )
        elif action and action.get("tag") == "stock_report_generic":
            env["stock.traceability.report"].check_access("create")

    def test_more_menus_of_lists_open(self):
        """Actions in the menu of a list are offered to those who may use them."""
        for role, env in self.each_role():
            bound = env["ir.actions.actions"].get_bindings("stock.lot")
            for action_id in (action["id"] for action in bound.get("action", ())):
                action = self.env["ir.actions.actions"].browse(action_id)
                if action.type != "ir.actions.act_window":
                    continue
                with self.subTest(role=role, action=action.name):
                    window = env[action.type].sudo().browse(action_id)
                    self.open_action(env, window.read()[0])

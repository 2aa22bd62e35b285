"""Each role, alone, opens what its menus show, and is refused nothing there."""

from odoo.tests import tagged

from .role_case import RoleCase

#: What each role sees beyond the one before it, and what the menus open.
MENUS = {
    "viewer": {
        "batch_overview_menu",
        "stock_lot_menu",
        "stock_lot_genealogy_menu",
        "stock_lot_operation_menu",
        "stock_lot_gap_menu",
        "stock_lot_decision_menu",
        "stock_recall_dashboard_menu",
        "stock_recall_menu",
        "stock_recall_inbound_menu",
        "stock_recall_notice_menu",
        "stock_recall_deadline_menu",
        "stock_recall_drill_menu",
        "stock_recall_plan_menu",
        "stock_lot_expiry_menu",
    },
    "user": {
        "stock_lot_link_menu",
        "stock_lot_inspection_menu",
        "stock_lot_inspection_result_menu",
        "stock_lot_inspection_trend_menu",
        "stock_lot_put_on_hold_menu",
        "stock_lot_event_menu",
        "stock_lot_inspection_plan_menu",
    },
    "quality": {
        "stock_lot_set_disposition_menu",
        "stock_lot_decision_pending_menu",
        "stock_removal_override_menu",
        "stock_lot_disposition_menu",
        "stock_lot_hold_reason_menu",
        "stock_lot_event_check_menu",
    },
    "recall": {
        "stock_lot_recall_menu",
        "stock_recall_reason_menu",
        "stock_recall_notice_template_menu",
        "stock_recall_regime_menu",
    },
    "administrator": {
        "stock_lot_import_all_menu",
        "stock_lot_import_good_menu",
        "stock_removal_simulation_menu",
        "ir_sequence_batch_menu",
        "stock_lot_retention_menu",
        "stock_lot_expiry_begin_menu",
        "stock_lot_link_check_menu",
        "batch_job_failure_menu",
    },
}
#: What a role finds under another name, as it may do more there.
REPLACED = {"quality": {"stock_lot_put_on_hold_menu"}}


@tagged("post_install", "-at_install")
class TestMenus(RoleCase):
    """A menu shows nothing that ends in a refusal."""

    def test_each_role_sees_its_entries(self):
        expected = set()
        for role, env in self.each_role():
            expected = (expected | MENUS[role]) - REPLACED.get(role, set())
            with self.subTest(role=role):
                self.assertEqual(set(self.menus(env)), expected)

    def test_each_role_opens_all_that_it_sees(self):
        opened = 0
        for role, env in self.each_role():
            for name, menu in self.menus(env).items():
                with self.subTest(role=role, menu=name):
                    self.open_menu(env, menu)
                    opened += 1
        self.assertGreater(opened, 60)

    def open_menu(self, env, menu):
        action = env[menu.action._name]._for_xml_id(
            menu.action.get_external_id()[menu.action.id]
        )
        if action["type"] == "ir.actions.server":
            action = env["ir.actions.server"].browse(action["id"]).run()
        self.open_action(env, action)

    def test_entries_of_inventory_are_a_short_list(self):
        clerk = self.user("clerk")
        env = self.env(user=clerk)
        inventory = self.env.ref("batch_tracking.batch_tracking_stock_menu")
        ids = env["ir.ui.menu"]._visible_menu_ids()
        entries = inventory.child_id.filtered(lambda menu: menu.id in ids)
        self.assertEqual(
            entries.mapped("name"),
            [
                "All Batches",
                "Genealogy",
                "Inspections",
                "Put on hold",
                "Splits and Merges",
            ],
        )

    def test_inventory_users_and_managers_keep_what_they_had(self):
        clerk = self.user("clerk")
        manager = self.user("boss", "stock.group_stock_manager")
        seen = self.menus(self.env(user=clerk))
        self.assertEqual(set(seen), MENUS["viewer"] | MENUS["user"])
        more = set(self.menus(self.env(user=manager))) - set(seen)
        kept = {
            "stock_lot_import_all_menu",
            "stock_lot_import_good_menu",
            "stock_removal_simulation_menu",
            "stock_removal_override_menu",
            "stock_lot_retention_menu",
            "stock_lot_event_check_menu",
            "stock_lot_link_check_menu",
            "batch_job_failure_menu",
        }
        self.assertEqual(more, kept)

    def test_who_has_no_right_sees_no_app(self):
        office = self.env["res.users"].create({"name": "Office", "login": "office"})
        self.assertFalse(self.menus(self.env(user=office)))

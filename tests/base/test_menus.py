"""Each role, alone, opens what its menus show, and is refused nothing there."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import KitchenCase
from .roles import ROLES, make_history, our_models, worker

ROOT = "batch_tracking.batch_tracking_menu_root"
#: What each role sees beyond the one before it, and what the menus open.
MENUS = {
    "viewer": {
        "batch_overview_menu",
        "stock_lot_menu",
        "stock_lot_genealogy_menu",
        "stock_lot_operation_menu",
        "stock_lot_gap_menu",
        "stock_lot_decision_menu",
        "stock_recall_menu",
        "stock_lot_expiry_menu",
    },
    "user": {
        "stock_lot_link_menu",
        "stock_lot_inspection_menu",
        "stock_lot_inspection_result_menu",
        "stock_lot_inspection_trend_menu",
        "stock_lot_set_disposition_menu",
        "stock_lot_event_menu",
        "stock_lot_inspection_plan_menu",
    },
    "quality": {
        "stock_lot_decision_pending_menu",
        "stock_removal_override_menu",
        "stock_lot_disposition_menu",
        "stock_lot_hold_reason_menu",
        "stock_lot_event_check_menu",
    },
    "recall": {"stock_lot_recall_menu"},
    "administrator": {
        "stock_lot_import_all_menu",
        "stock_lot_import_good_menu",
        "stock_removal_simulation_menu",
        "ir_sequence_batch_menu",
        "stock_lot_retention_menu",
        "stock_lot_link_check_menu",
    },
}
#: What client actions ask the server when they open.
CLIENT_CALLS = {
    "batch_tracking.overview": (("batch.overview", "get_overview"),),
    "batch_tracking.inspection_trend": (
        ("stock.lot.inspection.result", "get_trend_choices"),
    ),
    "batch_tracking.genealogy": (),
    "import": (),
}


class RoleCase(KitchenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_history(cls)
        cls.workers = {role: worker(cls.env, role) for role in ROLES}

    def each_role(self):
        """Yield the environment of each role, as it is after logging in."""
        for role, user in self.workers.items():
            self.env.invalidate_all()
            yield role, self.env(user=user, su=False)

    def menus(self, env):
        """Return ``{short XML id: menu}`` of the entries that open something."""
        tree = env["ir.ui.menu"].load_menus(False)
        found, waiting = {}, [self.env.ref(ROOT).id]
        while waiting:
            entry = tree.get(waiting.pop(), {})
            waiting += entry.get("children", ())
            if entry.get("action_id"):
                found[entry["xmlid"].split(".")[1]] = env["ir.ui.menu"].browse(
                    entry["id"]
                )
        return found

    # -- opening what a screen opens

    def open_action(self, env, action):
        """Do what the web client does when it opens an action as this user."""
        if action["type"] == "ir.actions.act_window":
            self.open_window(env, action)
        elif action["type"] == "ir.actions.client":
            for model, method in CLIENT_CALLS[action["tag"]]:
                getattr(env[model], method)()

    def open_window(self, env, action):
        model = env[action["res_model"]]
        views = action.get("views") or [
            (False, mode) for mode in action["view_mode"].split(",")
        ]
        views = [*views, (False, "search")]
        found = model.get_views(views, {"toolbar": True})
        for kind, view in found["views"].items():
            arch = etree.fromstring(view["arch"])
            domain = action.get("domain") or []
            if isinstance(domain, str):
                domain = []
            self.open_view(model, kind, arch, domain, action.get("res_id"))

    def open_view(self, model, kind, arch, domain, res_id):
        fields = self.fields_of(model, arch)
        if kind in ("list", "kanban"):
            model.web_search_read(domain, fields, limit=40)
        elif kind == "form":
            self.open_form(model, arch, fields, domain, res_id)
        elif kind in ("graph", "pivot"):
            groups = [
                name
                for name in fields
                if model._fields[name].store and model._fields[name].type != "float"
            ]
            model.formatted_read_group(domain, groups[:1], ["__count"])

    def open_form(self, model, arch, fields, domain, res_id):
        may_create = arch.get("create") not in ("0", "false")
        if model.has_access("create") and may_create:
            model.onchange({}, [], fields)
        record = model.browse(res_id) if res_id else model.search(domain, limit=1)
        if record and not model._transient:
            record.web_read(fields)

    def fields_of(self, model, arch):
        """Return the specification of what a view reads."""
        wanted = {}
        for node in self.own_fields(arch):
            name = node.get("name")
            field = model._fields.get(name)
            if field is None:
                continue
            wanted[name] = {}
            if field.type == "many2one":
                wanted[name] = {"fields": {"display_name": {}}}
            elif field.type in ("one2many", "many2many"):
                inner = self.env[field.comodel_name].with_env(model.env)
                inline = node.find("list")
                spec = {"display_name": {}}
                if inline is not None:
                    spec = self.fields_of(inner, inline)
                wanted[name] = {"fields": spec, "limit": 40}
        return wanted

    def own_fields(self, arch):
        """Yield the fields of a view, without those of lists inside of it."""
        for node in arch.iter("field"):
            above = (parent.tag for parent in node.iterancestors() if parent != arch)
            if "field" not in above and node != arch:
                yield node


@tagged("post_install", "-at_install")
class TestMenus(RoleCase):
    """A menu shows nothing that ends in a refusal."""

    def test_each_role_sees_its_entries(self):
        expected = set()
        for role, env in self.each_role():
            expected |= MENUS[role]
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
                "Hold or release",
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
        }
        self.assertEqual(more, kept)

    def test_who_has_no_right_sees_no_app(self):
        office = self.env["res.users"].create({"name": "Office", "login": "office"})
        self.assertFalse(self.menus(self.env(user=office)))


@tagged("post_install", "-at_install")
class TestScreensOfRoles(RoleCase):
    """The batch and what is reached from it open as well."""

    def test_who_has_it_and_genealogy(self):
        for _role, env in self.each_role():
            lot = env["stock.lot"].browse(self.first.id)
            self.assertTrue(lot.get_genealogy()["nodes"])
            self.assertTrue(lot.get_whereabouts())
            self.assertTrue(lot.get_story())
            self.assertTrue(env["stock.lot"].find_by_number("H-1"))
            self.assertTrue(lot.trace("back"))

    def test_buttons_of_the_batch(self):
        """What the form of a batch shows can be pressed."""
        for role, env in self.each_role():
            lot = env["stock.lot"].browse(self.first.id)
            view = lot.get_view(view_type="form")
            arch = etree.fromstring(view["arch"])
            for button in arch.xpath("//button[@name][not(ancestor::field)]"):
                with self.subTest(role=role, button=button.get("name")):
                    self.press(env, lot, button)

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


@tagged("post_install", "-at_install")
class TestWhatRolesMayChange(RoleCase):
    """A viewer changes nothing; each role does its own work without Inventory."""

    def as_role(self, role, records):
        return records.with_user(self.workers[role]).sudo(False)

    def test_a_viewer_writes_nothing(self):
        count = 0
        for ours in our_models(self.env):
            model = self.as_role("viewer", ours)
            for operation in ("create", "write", "unlink"):
                with self.subTest(model=model._name, operation=operation):
                    self.assertFalse(model.has_access(operation))
                    count += 1
            # Some are written by nobody, whatever their rights: a UserError.
            with self.assertRaises(UserError):
                model.create({})
        self.assertGreater(count, 60)

    def test_a_viewer_changes_no_batch_and_no_transfer(self):
        for ours in (self.first, self.first.quant_ids, self.env["stock.picking"]):
            records = self.as_role("viewer", ours)
            for operation in ("create", "write", "unlink"):
                self.assertFalse(records.has_access(operation))

    def test_methods_that_change_something_refuse_a_viewer(self):
        viewer = self.workers["viewer"]
        entry = {
            "inspection_id": self.inspection.id,
            "characteristic_id": self.plan.characteristic_ids.id,
            "value": "pass",
        }
        calls = (
            (self.inspection, "enter_results", ([entry],)),
            (self.inspection, "action_complete", ()),
            (self.inspection, "action_accept", ()),
            (self.inspection, "action_reopen", ()),
            (self.inspection, "action_cancel", ()),
            (self.drill, "action_close", ()),
            (self.first, "action_inspect", ()),
            (self.env["stock.lot.link.check"], "action_check", ()),
            (self.env["stock.lot.link.check"], "action_rebuild", ()),
            (self.env["stock.lot.link"].search([], limit=1), "action_remove", ()),
            (self.env["batch.overview"], "hide_first_steps", ()),
        )
        for records, method, arguments in calls:
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(records.with_user(viewer), method)(*arguments)

    def test_a_viewer_neither_approves_nor_refuses(self):
        self.company.batch_release_four_eyes = True
        self.user("another", "batch_tracking.group_quality_manager")
        quality = self.workers["quality"]
        proposed = (
            self.env["stock.lot.decision"]
            .with_user(quality)
            ._decide(
                self.second.with_user(quality), self.disposition("released"), "Fine"
            )
        )
        self.assertEqual(proposed.state, "proposed")
        for method in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(proposed.with_user(self.workers["viewer"]), method)()

    def test_a_viewer_holds_nothing(self):
        decisions = self.env["stock.lot.decision"]
        with self.assertRaises(AccessError):
            self.as_role("viewer", decisions)._decide(
                self.as_role("viewer", self.first), self.disposition("hold"), "No"
            )
        self.assertEqual(self.first.disposition_id, self.disposition("released"))

    def test_a_user_puts_a_batch_on_hold_and_releases_none_that_is_guarded(self):
        mine = (
            self.env["stock.lot.set.disposition"]
            .with_user(self.workers["user"])
            .create(
                {
                    "lot_ids": self.first.ids,
                    "disposition_id": self.disposition("hold").id,
                    "reason": "Smells odd",
                }
            )
        )
        mine.apply()
        self.assertEqual(self.first.disposition_id, self.disposition("hold"))
        with self.assertRaisesRegex(AccessError, "Only a quality manager"):
            self.as_role("user", self.env["stock.lot.decision"])._decide(
                self.as_role("user", self.first), self.disposition("released"), "Ok"
            )

    def test_a_quality_manager_releases(self):
        self.as_role("quality", self.env["stock.lot.decision"])._decide(
            self.as_role("quality", self.second), self.disposition("released"), "Fine"
        )
        self.assertEqual(self.second.disposition_id, self.disposition("released"))

    def test_a_user_inspects(self):
        entry = {
            "inspection_id": self.inspection.id,
            "characteristic_id": self.plan.characteristic_ids.id,
            "value": "pass",
        }
        inspection = self.as_role("user", self.inspection)
        inspection.enter_results([entry])
        inspection.action_complete()
        self.assertEqual(self.inspection.state, "passed")

    def test_only_a_recall_manager_starts_a_recall(self):
        for role in ("viewer", "user", "quality"):
            with self.assertRaises(AccessError):
                self.as_role(role, self.env["stock.lot.recall"]).create({})
        wizard = self.as_role("recall", self.env["stock.lot.recall"]).create(
            {"lot_ids": self.early.ids, "reason": "Stones"}
        )
        wizard.launch()
        self.assertEqual(self.first.disposition_id, self.disposition("recalled"))

    def test_an_administrator_designs_batch_numbers_and_no_others(self):
        sequences = self.as_role("administrator", self.env["ir.sequence"])
        values = {
            "name": "Ours",
            "code": "stock.lot.batch",
            "batch_pattern": "{product}-{seq:3}",
        }
        ours = sequences.create(values)
        ours.name = "Our numbers"
        other = self.env["ir.sequence"].create({"name": "Invoices", "code": "inv"})
        with self.assertRaises(AccessError):
            self.as_role("administrator", other).name = "Mine"
        with self.assertRaises(AccessError):
            sequences.create({**values, "code": "account.move"})

    def test_a_system_administrator_changes_all_sequences(self):
        boss = self.user(
            "system", "base.group_system", "batch_tracking.group_batch_administrator"
        )
        other = self.env["ir.sequence"].create({"name": "Invoices", "code": "inv"})
        other.with_user(boss).name = "Invoices of 2026"
        self.assertEqual(other.name, "Invoices of 2026")

    def test_roles_stay_in_their_company(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        lot = self.make_lot(self.mash, "OTHER", company_id=other.id)
        for _role, env in self.each_role():
            self.assertFalse(env["stock.lot"].search([("id", "=", lot.id)]))

"""The scene of the tests of roles, and how the web client opens what they see."""

from lxml import etree

from ..common import KitchenCase
from .roles import ROLES, make_history, worker

ROOT = "batch_tracking.batch_tracking_menu_root"
#: What client actions ask the server when they open.
CLIENT_CALLS = {
    "batch_tracking.overview": (("batch.overview", "get_overview"),),
    "batch_tracking.inspection_trend": (
        ("stock.lot.inspection.result", "get_trend_choices"),
    ),
    "batch_tracking.genealogy": (),
    "import": (),
}
#: What a chart shows by month.
DATES = ("date", "datetime")


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
                f"{name}:month" if model._fields[name].type in DATES else name
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

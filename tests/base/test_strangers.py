from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common import KitchenCase
from .roles import make_history, make_recall_history
from .strangers import public_methods, required, strangers, wizards

#: Stands in every name that only the kitchen's people may read.
SECRET = "Zwiebelkuchen"

#: Models of which the kitchen has no record of its company: their methods that need one
#: are not called by this matrix yet. None is to be added.
WITHOUT = {
    "batch.job.failure",
    "mrp.production",
    "mrp.unbuild",
    "repair.order",
    "stock.lot.event.check",
    "stock.lot.inspection.plan",
    "stock.lot.operation",
    "stock.recall.answer.onward",
    "stock.recall.deadline",
    "stock.recall.hit",
    "stock.recall.publication",
    "stock.removal.simulation",
}


class StrangerCase(KitchenCase):
    """A kitchen in which something of each kind has happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_history(cls)
        cls.scrap(cls.late, 1)
        make_recall_history(cls)
        cls.name_everything()
        cls.strangers = strangers(cls.env)

    @classmethod
    def name_everything(cls):
        """Let all goods and partners be the kitchen's, and say so."""
        products = cls.chickpeas | cls.mash | cls.hummus
        sequence = cls.env["ir.sequence"].create(
            {"name": "Pattern", "batch_pattern": "{yy}{doy}-{seq:3}"}
        )
        products.lot_sequence_id = sequence
        lots = cls.env["stock.lot"].search([("product_id", "in", products.ids)])
        for record in (*products, cls.market, cls.bistro):
            record.name = f"{SECRET} {record.name}"
        (cls.supplier | cls.market | cls.bistro).company_id = cls.company
        cls.supplier.name = f"{SECRET} {cls.supplier.name}"
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE stock_lot SET company_id = %s, name = %s || name"
            " WHERE id = ANY(%s)",
            [cls.company.id, SECRET, lots.ids],
        )
        cls.env.cr.execute(
            "UPDATE product_template SET company_id = %s WHERE id = ANY(%s)",
            [cls.company.id, products.product_tmpl_id.ids],
        )
        cls.env.invalidate_all()

    def counters(self):
        self.env.flush_all()
        rows = self.env["stock.lot.counter"].search([])
        return {(row.scope, row.company_key): row.last for row in rows}

    def assert_says_nothing(self, attempt, label):
        """``attempt`` is refused in words, or answers without a secret."""
        before, answer = self.counters(), None
        try:
            with self.env.cr.savepoint():
                answer = attempt()
                self.env.flush_all()
                self.assertEqual(self.counters(), before, f"{label} takes numbers")
        except UserError as refusal:  # AccessError and MissingError are such
            if not isinstance(refusal, AccessError):
                self.assertNotIn(SECRET, str(refusal), label)
        self.env.invalidate_all()
        self.assertNotIn(SECRET, str(answer), label)


@tagged("post_install", "-at_install")
class TestMethodsForStrangers(StrangerCase):
    """No method tells or changes anything of a company that one does not work for."""

    def test_with_records_of_the_kitchen(self):
        called = set()
        for model, name, function in public_methods(self.env):
            theirs = self.records(model)
            if not theirs and not getattr(function, "_api_model", False):
                continue  # there is nothing to ask for
            for who, user in self.strangers.items():
                attempt = self.call(model, name, function, user, theirs.ids)
                self.assert_says_nothing(attempt, f"{model._name}.{name} ({who})")
                called.add((model._name, name))
        self.assertGreater(len(called), 40)

    def test_there_is_something_of_each_model_to_ask_for(self):
        """Otherwise a method is not called, and nobody would notice."""
        missing = {
            model._name
            for model, _name, function in public_methods(self.env)
            if not getattr(function, "_api_model", False)
            and not model._abstract
            and not model._transient
            and not self.records(model)
        }
        self.assertFalse(missing - WITHOUT)

    def records(self, model):
        if model._abstract or model._transient:
            return model
        domain = []
        if model._name in ("stock.lot", "product.product"):
            goods = self.chickpeas | self.mash | self.hummus
            name = "id" if model._name == "product.product" else "product_id"
            domain = [(name, "in", goods.ids)]
        elif "company_id" in model._fields and model._fields["company_id"].store:
            domain = [("company_id", "=", self.company.id)]
        return model.sudo().search(domain, limit=1, order="id desc")

    def call(self, model, name, function, user, ids):
        arguments = [self.argument(key) for key in required(function)]
        records = model.with_user(user).sudo(False)
        if not getattr(function, "_api_model", False):
            arguments = [ids, *arguments]
        return lambda: call_kw(records, name, arguments, {})

    def argument(self, name):
        """Return what a stranger passes: whatever he knows of the kitchen."""
        picking = self.env["stock.picking"].search([], order="id desc", limit=1)
        characteristic = self.plan.characteristic_ids
        known = {
            "child_id": self.late.id,
            "number": SECRET,
            "first_lot": "",
            "level": "C",
            "count": 3,
            "options": {"characteristic_id": characteristic.id},
            "entries": [
                {
                    "inspection_id": self.inspection.id,
                    "characteristic_id": characteristic.id,
                    "value": "pass",
                }
            ],
            "context_data": {
                "default_product_id": self.chickpeas.id,
                "default_tracking": "lot",
                "default_quantity": 3,
                "default_company_id": self.company.id,
                "default_location_dest_id": self.stock.id,
                "default_picking_type_id": picking.picking_type_id.id,
            },
            "mode": "generate",
            "views": [(False, "form")],
            "lot_text": "",
            "company_id": self.company.id,
            "config_id": 1,
            "product_id": self.chickpeas.id,
            "next_serial": "",
            "lot_ids": self.late.ids,
            "left_out_ids": [],
            "scope": "worst",
            "kind": "lots",
        }
        self.assertIn(name, known, "say what a stranger would pass for it")
        return known[name]


@tagged("post_install", "-at_install")
class TestScreensForStrangers(StrangerCase):
    """A screen shows nothing of records that somebody else may read only."""

    def test_that_are_chosen_in_any_way(self):
        tried = 0
        user = self.strangers["everything elsewhere"]
        for ours in wizards(self.env):
            model = ours.with_user(user).sudo(False)
            for name, field in ours._fields.items():
                theirs = self.theirs(field)
                if theirs:
                    for way in ("create", "default", "onchange", "write"):
                        self.choose(model, name, field, theirs, way)
                        tried += 1
        self.assertGreater(tried, 60)

    def theirs(self, field):
        """Return a record of the kitchen that may stand in a field, or none."""
        if field.type not in ("many2one", "many2many") or field.related:
            return None
        if field.name in ("create_uid", "write_uid"):
            return None
        model = self.env[field.comodel_name].sudo()
        if model._transient or "company_id" not in model._fields:
            return None
        user = self.strangers["everything elsewhere"]
        records = model.search(
            [("company_id", "=", self.company.id)], limit=20, order="id desc"
        )
        # Some files, as those of the screens themselves, are for everybody.
        hidden = records.filtered(
            lambda record: not record.with_user(user).sudo(False).has_access("read")
        )
        return hidden[:1]

    def choose(self, model, name, field, theirs, way):
        value = theirs.id if field.type == "many2one" else [Command.set(theirs.ids)]
        shown = self.shown(model)

        def attempt():
            if way == "onchange":
                return model.onchange({name: value}, [name], shown)
            if way == "default":
                screen = model.with_context(**{f"default_{name}": value})
                return screen.onchange({}, [], shown)
            if way == "write":
                screen = model.sudo().create(self.required_values(model, "", theirs))
                screen = screen.sudo(False)
                screen.write({name: value})
            else:
                values = self.required_values(model, name, theirs)
                screen = model.create({**values, name: value})
            return screen.web_read(shown)

        with self.subTest(model=model._name, field=name, way=way):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.assertNotIn(SECRET, str(attempt()))
            self.env.invalidate_all()

    def required_values(self, model, chosen, theirs):
        values = {}
        for name, field in model._fields.items():
            if not field.required or name == chosen or not field.store:
                continue
            if field.type == "selection":
                values[name] = field.get_values(self.env)[0]
            elif field.type == "many2one" and self.env[field.comodel_name]._transient:
                parent = self.env[field.comodel_name].with_user(model.env.user)
                needed = self.required_values(parent, "", theirs)
                values[name] = parent.sudo().create(needed).id
            elif field.type == "many2one":
                values[name] = (self.theirs(field) or theirs).id
        return values

    def shown(self, model):
        shown = {}
        for name, field in model._fields.items():
            if name in ("create_uid", "write_uid") or field.groups:
                continue
            if field.type == "many2one":
                shown[name] = {"fields": {"display_name": {}}}
            elif field.type in ("one2many", "many2many"):
                shown[name] = {"fields": {"display_name": {}}, "limit": 40}
            else:
                shown[name] = {}
        return shown

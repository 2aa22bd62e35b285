"""What follows from other fields takes no value of a client, by no way of writing."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.base.exceptions import WorkedOutError
from ..common import KitchenCase

MODELS = (
    "stock.lot",
    "stock.quant",
    "stock.move",
    "stock.move.line",
    "stock.picking",
    "mrp.production",
)
VALUES = {
    "boolean": True,
    "char": "forged",
    "date": "2035-01-01",
    "datetime": "2035-01-01 00:00:00",
    "float": 7.0,
    "integer": 7,
}


@tagged("post_install", "-at_install")
class TestWorkedOut(KitchenCase):
    """A clerk with the rights of Inventory writes what Odoo works out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.user("clerk", "batch_tracking.group_batch_user")
        cls.lot = cls.receive(cls.hummus, "H-1", 5)
        cls.line = cls.env["stock.move.line"].search([("lot_id", "=", cls.lot.id)])
        cls.records = {
            "stock.lot": cls.lot,
            "stock.quant": cls.lot.quant_ids.filtered("quantity")[:1],
            "stock.move": cls.line.move_id,
            "stock.move.line": cls.line,
            "stock.picking": cls.line.picking_id,
        }

    def computed(self):
        """Yield ``(model, field)`` of what our modules compute and nobody types."""
        for name in MODELS:
            if name not in self.env:
                continue
            for field in self.env[name]._fields.values():
                ours = field._modules and all(
                    module.startswith("batch_tracking") for module in field._modules
                )
                if ours and field.store and field.compute and field.readonly:
                    yield self.env[name], field

    def value_of(self, field):
        if field.type == "many2one":
            return self.env[field.comodel_name].search([], limit=1).id
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        return VALUES.get(field.type)

    def refuse(self, act):
        refusals = []
        try:
            with self.env.cr.savepoint():
                act()
        except (UserError, AccessError) as refusal:
            refusals.append(refusal)
        self.env.invalidate_all()
        self.assertTrue(refusals, "nobody has refused it")

    def test_no_value_is_written(self):
        tried = set()
        for model, field in self.computed():
            record = self.records.get(model._name)
            if record is None:
                self.assertIn(field.name, model._worked_out_fields())
                continue
            with self.subTest(model=model._name, field=field.name):
                mine = record.with_user(self.clerk).with_context(inventory_mode=True)
                before, value = record[field.name], self.value_of(field)
                self.refuse(lambda m=mine, n=field.name, v=value: m.write({n: v}))
                self.assertEqual(record[field.name], before)
                tried.add((model._name, field.name))
        self.assertIn(("stock.lot", "useful_until"), tried)
        self.assertIn(("stock.quant", "effective_expiration_date"), tried)

    def test_none_comes_with_what_is_created(self):
        for model, field in self.computed():
            with self.subTest(model=model._name, field=field.name):
                mine = model.with_user(self.clerk)
                values = {field.name: self.value_of(field)}
                self.refuse(lambda m=mine, v=values: m.create(v))
                default = {f"default_{field.name}": values[field.name]}
                asked = mine.with_context(**default).default_get([field.name])
                self.assertNotIn(field.name, asked)

    def test_it_is_said_why(self):
        lot = self.lot.with_user(self.clerk)
        with self.assertRaises(WorkedOutError) as refusal:
            lot.useful_until = "2035-01-01 00:00:00"
        self.assertEqual(refusal.exception.field, "useful_until")
        self.assertEqual(refusal.exception.records, lot)

    def test_nor_by_an_import(self):
        result = (
            self.env["stock.lot"]
            .with_user(self.clerk)
            .load(
                ["name", "product_id/.id", "useful_until"],
                [["IMP-1", str(self.hummus.id), "2035-01-01 00:00:00"]],
            )
        )
        self.assertFalse(result["ids"])

    def test_nor_nested(self):
        lot = self.lot.with_user(self.clerk)
        quant = self.records["stock.quant"]
        forged = {"useful_until": "2035-01-01 00:00:00"}
        self.refuse(
            lambda: lot.write({"quant_ids": [Command.update(quant.id, forged)]})
        )
        product = self.env["stock.picking"].with_user(self.clerk)
        self.refuse(
            lambda: product.browse(self.line.picking_id.id).write(
                {
                    "move_line_ids": [
                        Command.update(self.line.id, {"consignment": "delivered"})
                    ]
                }
            )
        )

    def test_it_still_follows(self):
        lot = self.lot.with_user(self.clerk)
        lot.expiration_date = "2030-01-01 12:00:00"
        lot.use_date = False
        self.assertEqual(str(lot.useful_until), "2030-01-01 12:00:00")

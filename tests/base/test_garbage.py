import inspect

from odoo.exceptions import MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.base.exceptions import NotOneError, UnseenCharacterError
from ..common import KitchenCase
from .roles import make_history
from .strangers import ALL_RIGHTS, public_methods, wizards

#: What a program may send by mistake, or to find a hole: JSON as Python reads it.
GARBAGE = (
    *(None, True, 0, -1, 2**31, 2**63, 10**30, 1.5),
    *(float("nan"), float("inf"), "", "x", "\x00", "9" * 5000),
    *([], [None], ["x"], [[1]], [{}], [2**40], [2**80], {}, {"a": 1}, {"x": {"y": []}}),
)
#: In place of the ids of records. Odoo itself stumbles over those of a wrong type, and
#: takes 0 for a record that is not saved yet: that is so on all of its models.
NO_IDS = ([2**31 - 1], [2**31], [2**40], [10**30], [-1])
#: A button of a form works on one record, and refuses these as well.
NOT_ONE = ([], [0], ["x"], [1.5], [True], [None], [{}], [1, 2])
#: What the web client asks of every model: answered by Odoo, as it is.
OF_THE_CLIENT = {"get_views"}


@tagged("post_install", "-at_install")
class TestGarbage(KitchenCase):
    """A program that calls nonsense is told so in a sentence: nothing breaks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_history(cls)
        cls.everything = cls.user("everything", *ALL_RIGHTS)

    def test_no_argument_breaks_a_method(self):
        tried = 0
        for model, name, function in public_methods(self.env):
            records = self.records(model)
            if name in OF_THE_CLIENT:
                continue
            if not records and not getattr(function, "_api_model", False):
                continue
            for parameter in self.parameters(function):
                for values in self.nonsense(parameter):
                    arguments = {**self.sensible(function), parameter: values}
                    ids = records.ids
                    self.assert_answers(model, name, function, ids, arguments)
                    tried += 1
        self.assertGreater(tried, 500)

    def test_no_id_breaks_a_method(self):
        tried = 0
        for model, name, function in public_methods(self.env):
            if getattr(function, "_api_model", False) or model._abstract:
                continue
            for ids in NO_IDS:
                sensible = self.sensible(function)
                self.assert_answers(model, name, function, ids, sensible)
                tried += 1
        self.assertGreater(tried, 300)

    def test_a_button_of_one_record_takes_nothing_else(self):
        tried = 0
        for model, name, function in public_methods(self.env):
            if "check_one(self)" not in inspect.getsource(inspect.unwrap(function)):
                continue
            records = model.with_user(self.everything).sudo(False)
            for ids in NOT_ONE:
                with self.subTest(f"{model._name}.{name}({ids})"):
                    with self.assertRaises(UserError) as caught:
                        call_kw(records, name, [ids], self.sensible(function))
                    self.assertIsInstance(caught.exception, (MissingError, NotOneError))
                    tried += 1
        self.assertGreater(tried, 200)

    def assert_answers(self, model, name, function, ids, arguments):
        """The method answers, or refuses in words."""
        model = model.with_user(self.everything).sudo(False)
        is_of_model = getattr(function, "_api_model", False)
        words = f"{model._name}.{name}({str(ids)[:40]}, {str(arguments)[:200]})"
        with self.subTest(words), mute_logger("odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    call_kw(model, name, [] if is_of_model else [ids], arguments)
                    self.env.flush_all()
            except UserError as refusal:
                self.assertTrue(str(refusal))
            except Exception as error:  # whatever it is, it is a hole
                self.fail(f"{type(error).__name__}: {str(error)[:300]}")
            finally:
                self.env.invalidate_all()

    def records(self, model):
        """Return a record that the method could be called of, if there is any."""
        if model._abstract or model._transient:
            return model
        return model.sudo().search([], limit=1, order="id desc")

    def parameters(self, function):
        parameters = list(inspect.signature(function).parameters.values())[1:]
        return [
            parameter.name
            for parameter in parameters
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]

    def sensible(self, function):
        """Return ``{name: value}`` of the arguments that a call must give."""
        parameters = inspect.signature(function).parameters
        return {
            name: self.known(name)
            for name in self.parameters(function)
            if parameters[name].default is inspect.Parameter.empty
        }

    def nonsense(self, parameter):
        """Yield what is sent for an argument: nonsense, and nonsense in what it has."""
        yield from GARBAGE
        known = self.known(parameter)
        is_list = isinstance(known, list)
        for key in known[0] if is_list and isinstance(known[0], dict) else ():
            for value in GARBAGE:
                yield [{**known[0], key: value}]
        for key in known if isinstance(known, dict) else ():
            for value in GARBAGE:
                yield {**known, key: value}

    def known(self, name):
        """Return what one would pass for an argument."""
        characteristic = self.plan.characteristic_ids
        picking = self.env["stock.picking"].search([], order="id desc", limit=1)
        known = {
            "child_id": self.late.id,
            "number": "CP-1",
            "first_lot": "A1",
            "level": "C",
            "count": 3,
            "options": self.known_options(characteristic),
            "entries": self.known_entries(characteristic),
            "context_data": self.known_context(picking),
            "mode": "generate",
            "lot_text": "A;1",
            "views": [(False, "form")],
            "company_id": self.company.id,
            "config_id": 1,
            "product_id": self.chickpeas.id,
            "picking_type_id": picking.picking_type_id.id,
            "characteristic_id": characteristic.id,
            "direction": "both",
            "as_of": "2026-01-01",
            "next_serial": "A1",
        }
        return known.get(name)

    def known_options(self, characteristic):
        return {
            "characteristic_id": characteristic.id,
            "direction": "both",
            "as_of": "2026-01-01",
            "opened": {"1:7": "all"},
            "shown": [self.late.id],
            "date_from": "2026-01-01",
            "date_to": "2026-01-01",
            "product_id": self.chickpeas.id,
            "supplier_id": self.supplier.id,
            "line": "LINE2",
        }

    def known_entries(self, characteristic):
        return [
            {
                "inspection_id": self.inspection.id,
                "characteristic_id": characteristic.id,
                "sample": 1,
                "value": "pass",
                "seen": False,
            }
        ]

    def known_context(self, picking):
        return {
            "default_product_id": self.chickpeas.id,
            "default_tracking": "lot",
            "default_quantity": 3,
            "default_company_id": self.company.id,
            "default_location_dest_id": self.stock.id,
            "default_picking_type_id": picking.picking_type_id.id,
        }


@tagged("post_install", "-at_install")
class TestWhatCannotBeStored(KitchenCase):
    """PostgreSQL stores no NULL among characters: whoever sends one is told so."""

    def test_in_no_text_of_a_screen(self):
        tried = 0
        for wizard in wizards(self.env):
            for name, field in wizard._fields.items():
                if field.type in ("char", "text") and field.store and not field.related:
                    with self.subTest(f"{wizard._name}.{name}"):
                        self.assert_refused(name, wizard.create, {name: "a\0b"})
                        tried += 1
        self.assertGreater(tried, 8)

    def test_in_no_reason_that_people_give(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "ONE"), 5)
        delivery = self.order(self.hummus, 5, self.market)
        reason = "a\0b"
        for record, name in (
            (self.stock, "disposition_note"),
            (delivery.move_ids, "override_reason"),
            (delivery.move_line_ids, "correction_reason"),
        ):
            with self.subTest(name):
                self.assert_refused(name, record.write, {name: reason})
        self.assertEqual(delivery.move_line_ids.lot_id, lot)

    def assert_refused(self, name, method, values):
        with self.assertRaisesRegex(UnseenCharacterError, "NULL") as caught:
            method(values)
        self.assertEqual(caught.exception.field, name)

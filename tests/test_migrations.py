from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path
from odoo.tools.sql import column_exists, rename_column

from .. import hooks
from .common import KitchenCase
from .inspection.inspection_case import InspectionCase

FOLDER = "batch_tracking/migrations/19.0.1.1.0"
SCRIPT = f"{FOLDER}/pre-migrate.py"
PLANS, DECISIONS = "stock.lot.inspection.plan", "stock.lot.decision"
OLD, NEW = "is_born_quarantined", "quarantine_until_inspected"


@tagged("post_install", "-at_install")
class TestRenamedFields(InspectionCase):
    """A database of version 19.0.1.0.0, with what people stored and saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(**{NEW: True})
        lot = cls.make_lot(cls.chickpeas, "CP-1")
        cls.decision = cls.env[DECISIONS]._decide(lot, cls.disposition("hold"), "Odd")
        cls.known = cls.decision.former_dispositions
        cls.filter = cls.env["ir.filters"].create(
            {
                "name": "Waiting",
                "model_id": PLANS,
                "domain": f"[('{OLD}', '=', True)]",
                "context": f"{{'group_by': ['{OLD}']}}",
                "sort": f'["{OLD} desc"]',
            }
        )
        cls.export = cls.env["ir.exports"].create(
            {
                "name": "Plans",
                "resource": PLANS,
                "export_fields": [(0, 0, {"name": OLD})],
            }
        )
        cls.env.flush_all()
        cls.script = load_script(file_path(SCRIPT), "pre-migrate")
        for model, (old, new) in cls.script.RENAMED.items():
            cls.go_back(model, old, new)

    @classmethod
    def go_back(cls, model, old, new):
        """Name a field as the version before did."""
        rename_column(cls.env.cr, model.replace(".", "_"), new, old)
        field_id = cls.env["ir.model.fields"]._get(model, new).id
        for query in (
            SQL("UPDATE ir_model_fields SET name = %s WHERE id = %s", old, field_id),
            SQL(
                "UPDATE ir_model_data SET name = %s"
                " WHERE model = 'ir.model.fields' AND res_id = %s",
                cls.xml_id(model, old),
                field_id,
            ),
        ):
            cls.env.cr.execute(query)
        cls.env.invalidate_all()

    @staticmethod
    def xml_id(model, name):
        return f"field_{model.replace('.', '_')}__{name}"

    def migrate(self, version="19.0.1.0.0"):
        self.script.migrate(self.env.cr, version)
        self.env.invalidate_all()

    def test_what_was_stored_is_found_under_the_new_name(self):
        self.migrate()
        self.assertTrue(self.pulses.quarantine_until_inspected)
        self.assertTrue(self.known)
        self.assertEqual(self.decision.former_dispositions, self.known)

    def test_the_field_keeps_its_record_and_its_xml_id(self):
        self.migrate()
        for model, (old, new) in self.script.RENAMED.items():
            field = self.env.ref(f"batch_tracking.{self.xml_id(model, new)}")
            self.assertEqual((field.model, field.name), (model, new))
            table = model.replace(".", "_")
            self.assertFalse(column_exists(self.env.cr, table, old))

    def test_saved_filters_and_exports_go_on(self):
        self.migrate()
        self.assertEqual(self.filter.domain, f"[('{NEW}', '=', True)]")
        self.assertEqual(self.filter.context, f"{{'group_by': ['{NEW}']}}")
        self.assertEqual(self.filter.sort, f'["{NEW} desc"]')
        self.assertEqual(self.export.export_fields.name, NEW)

    def test_running_it_again_changes_nothing(self):
        self.migrate()
        self.migrate()
        self.assertTrue(self.pulses.quarantine_until_inspected)

    def test_a_new_database_has_nothing_to_be_renamed(self):
        self.migrate(version=None)
        self.assertTrue(column_exists(self.env.cr, "stock_lot_inspection_plan", OLD))


@tagged("post_install", "-at_install")
class TestOlderToDos(InspectionCase):
    """What version 19.0.1.0.0 asked people to do is known as ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.delivery = cls.order(cls.chickpeas, 3, cls.market, lot=cls.lot)
        cls.script = load_script(
            file_path(f"{FOLDER}/post-activities.py"), "post-activities"
        )

    def ask(self, record, kind, summary):
        return record.activity_schedule(
            f"mail.mail_activity_data_{kind}", summary=summary, user_id=self.env.uid
        )

    def test_they_are_told_by_type_summary_and_document_and_go_with_the_app(self):
        ours = (
            self.ask(self.lot, "todo", "Remove expired batch")
            | self.ask(self.delivery, "warning", "Held batches were taken out")
            | self.ask(self.delivery, "warning", "A held batch was sold at the till")
        )
        others = (
            self.ask(self.lot, "todo", "Alert Date Reached")
            | self.ask(self.lot, "warning", "Remove expired batch")
            | self.ask(self.delivery, "todo", "Held batches were taken out")
            | self.ask(self.delivery, "warning", "Call the customer")
            | self.ask(self.lot.product_id, "todo", "Remove expired batch")
        )
        self.env.flush_all()
        self.script.migrate(self.env.cr, None)
        self.env.invalidate_all()
        self.assertFalse((ours | others).filtered("is_of_batches"))
        self.script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((ours | others).filtered("is_of_batches"), ours)
        hooks.uninstall_hook(self.env)
        self.assertEqual((ours | others).exists(), others)


@tagged("post_install", "-at_install")
class TestRecallKinds(KitchenCase):
    """A database whose recalls run or are closed, and are drills or not."""

    def test_kinds_and_states_of_old_recalls(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        recalls = self.env["stock.recall"]
        recall = recalls._launch(lot, "Stones")
        drill = recalls._launch(lot, "Drill", "drill")
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE stock_recall DROP COLUMN kind")
        self.env.cr.execute("UPDATE stock_recall SET state = 'running'")
        path = file_path("batch_tracking/migrations/19.0.1.2.0/pre-migrate.py")
        load_script(path, "pre-migrate").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual((recall.kind, drill.kind), ("recall", "drill"))
        self.assertEqual((recall | drill).mapped("state"), ["progress"] * 2)

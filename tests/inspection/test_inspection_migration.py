from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path
from odoo.tools.sql import column_exists, rename_column

from .inspection_case import InspectionCase

SCRIPT = "batch_tracking/migrations/19.0.1.1.0/pre-migrate.py"
TABLE = "stock_lot_inspection_plan"
OLD, NEW = "is_born_quarantined", "quarantine_until_inspected"
XML_ID = "field_stock_lot_inspection_plan__%s"


@tagged("post_install", "-at_install")
class TestMigration(InspectionCase):
    """A database of the version before, with a plan, a filter and an export."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(**{NEW: True})
        cls.field = cls.env["ir.model.fields"]._get(cls.pulses._name, NEW)
        cls.filter = cls.env["ir.filters"].create(
            {
                "name": "Waiting",
                "model_id": cls.pulses._name,
                "domain": f"[('{OLD}', '=', True)]",
                "sort": f'["{OLD}"]',
            }
        )
        cls.export = cls.env["ir.exports"].create(
            {
                "name": "Plans",
                "resource": cls.pulses._name,
                "export_fields": [(0, 0, {"name": OLD})],
            }
        )
        cls.go_back()

    @classmethod
    def go_back(cls):
        """Leave the tables as the version before had them."""
        cr = cls.env.cr
        cls.env.flush_all()
        rename_column(cr, TABLE, NEW, OLD)
        cr.execute(
            SQL("UPDATE ir_model_fields SET name = %s WHERE id = %s", OLD, cls.field.id)
        )
        cr.execute(
            SQL(
                "UPDATE ir_model_data SET name = %s WHERE module = %s AND name = %s",
                XML_ID % OLD,
                "batch_tracking",
                XML_ID % NEW,
            )
        )

    def migrate(self, version):
        script = load_script(file_path(SCRIPT), "pre-migrate")
        script.migrate(self.env.cr, version)
        self.env.invalidate_all()

    def test_what_was_stored_is_found_under_the_new_name(self):
        self.migrate("19.0.1.0.0")
        self.assertTrue(self.pulses.quarantine_until_inspected)
        self.assertFalse(column_exists(self.env.cr, TABLE, OLD))
        self.assertEqual(self.field.name, NEW)
        xml_id = {self.field.id: f"batch_tracking.{XML_ID % NEW}"}
        self.assertEqual(self.field.get_external_id(), xml_id)

    def test_saved_filters_and_exports_go_on(self):
        self.migrate("19.0.1.0.0")
        self.assertEqual(self.filter.domain, f"[('{NEW}', '=', True)]")
        self.assertEqual(self.filter.sort, f'["{NEW}"]')
        self.assertEqual(self.export.export_fields.name, NEW)

    def test_running_it_again_changes_nothing(self):
        self.migrate("19.0.1.0.0")
        self.migrate("19.0.1.0.0")
        self.assertTrue(self.pulses.quarantine_until_inspected)

    def test_a_new_database_has_nothing_to_be_renamed(self):
        self.migrate(None)
        self.assertTrue(column_exists(self.env.cr, TABLE, OLD))

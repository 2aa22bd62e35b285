from unittest.mock import patch

from odoo.tests import tagged

from ..common import KitchenCase

ROWS = 10_000
BAD = {17: "TAKEN", 4_711: "N-00003", 9_999: "TAKEN"}


@tagged("post_install", "-at_install")
class TestImport(KitchenCase):
    """A file of ten thousand lots with three bad numbers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_lot(cls.chickpeas, "TAKEN")
        names = [BAD.get(row, f"N-{row:05}") for row in range(ROWS)]
        cls.rows = [[name, str(cls.chickpeas.id)] for name in names]
        cls.columns = ["name", "product_id/.id"]

    def load(self, **context):
        lots = self.env["stock.lot"].with_context(**context)
        return lots.load(self.columns, self.rows)

    def loaded(self):
        return self.env["stock.lot"].search_count(
            [("product_id", "=", self.chickpeas.id), ("name", "like", "N-")]
        )

    def test_refused_rows_are_named_and_none_is_loaded(self):
        result = self.load()
        self.assertFalse(result["ids"])
        self.assertEqual([m["rows"]["from"] for m in result["messages"]], [*BAD])
        for message, number in zip(result["messages"], BAD.values(), strict=True):
            self.assertEqual(message["type"], "error")
            self.assertIn(f"a batch {number} of Chickpeas", message["message"])
        self.assertEqual(self.loaded(), 0)

    def test_other_rows_are_loaded_if_asked(self):
        result = self.load(batch_skip_refused=True)
        self.assertEqual(len(result["ids"]), ROWS - len(BAD))
        warned = [m["rows"]["from"] for m in result["messages"]]
        self.assertEqual(warned, [*BAD])
        self.assertEqual({m["type"] for m in result["messages"]}, {"warning"})
        self.assertEqual(self.loaded(), ROWS - len(BAD))

    def test_the_import_screen_is_told_what_was_left_out(self):
        with patch.object(type(self.env.user), "_bus_send") as send:
            result = self.load(batch_skip_refused=True, import_file=True)
        self.assertEqual(result["messages"], [])
        notification = send.call_args.args[1]
        self.assertIn("Left out of the import: 3", notification["message"])
        self.assertIn("a batch N-00003 of Chickpeas", notification["message"])

    def test_faults_of_other_columns_point_at_the_row_of_the_file(self):
        self.columns = [*self.columns, "production_date"]
        self.rows = [[*row, "2026-05-20"] for row in self.rows[:40]]
        self.rows[30][2] = "no date"
        result = self.load(batch_skip_refused=True)
        self.assertFalse(result["ids"])
        errors = [m for m in result["messages"] if m["type"] == "error"]
        self.assertEqual([m["rows"]["from"] for m in errors], [30])

    def test_products_may_be_named_or_have_external_ids(self):
        self.columns = ["name", "product_id"]
        self.rows = [["TAKEN", "Chickpeas"], ["NEW", "Chickpeas"], ["X", "Nothing"]]
        messages = self.load()["messages"]
        self.assertEqual([m["rows"]["from"] for m in messages], [0])
        self.env["ir.model.data"].create(
            {
                "module": "batch_tracking",
                "name": "test_chickpeas",
                "model": "product.product",
                "res_id": self.chickpeas.id,
            }
        )
        self.columns = ["name", "product_id/id"]
        self.rows = [["NEW", "batch_tracking.test_chickpeas"]] * 2
        messages = self.load()["messages"]
        self.assertEqual([m["rows"]["from"] for m in messages], [1])

    def test_companies_may_have_the_same_number(self):
        other = self.env["res.company"].create({"name": "Other kitchen"})
        self.make_lot(self.mash, "M-1", company_id=other.id)
        self.columns = ["name", "product_id", "company_id"]
        here, there = self.company.name, "Other kitchen"
        self.rows = [["M-1", "Mash", here], ["M-1", "Mash", there], ["M-1", "Mash", ""]]
        messages = self.load()["messages"]
        self.assertEqual([m["rows"]["from"] for m in messages], [1, 2])

    def test_a_file_without_numbers_is_numbered_by_pattern(self):
        self.hummus.lot_sequence_id = self.env.ref(
            "batch_tracking.ir_sequence_product_day_batch"
        )
        self.columns = ["product_id/.id", "production_date"]
        self.rows = [[str(self.hummus.id), "2021-10-20"]] * 3
        lots = self.env["stock.lot"].browse(self.load()["ids"])
        self.assertEqual(
            lots.mapped("name"), ["01-2129301", "01-2129302", "01-2129303"]
        )

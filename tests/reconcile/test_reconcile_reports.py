import io
import json

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged

from ..answer.answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestReconcileReports(AnswerCase, HttpCase):
    """What a recall is reported in."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.answer(
            self.recall,
            self.market,
            {self.first: {"used": 40, "note": "=HYPERLINK(1)"}},
            values={"contact_name": "+1+cmd|' /C calc'!A0"},
        )

    def book(self):
        return load_workbook(io.BytesIO(self.recall._workbook()))

    def test_the_ledger_marks_what_was_cleared(self):
        rows = list(self.book()["Ledger"].values)
        self.assertIn("Cleared", rows[0])
        column = rows[0].index("Cleared")
        self.assertFalse(any(row[column] for row in rows[1:]))
        lot = self.recall.lot_ids.lot_id[:1]
        self.recall.with_user(self.manager)._clear(lot, "The laboratory was wrong")
        rows = list(self.book()["Ledger"].values)
        batch = rows[0].index("Batch")
        cleared = {row[batch] for row in rows[1:] if row[column]}
        self.assertEqual(cleared, {lot.name})

    def test_everything_is_in_the_spreadsheet(self):
        book = self.book()
        self.assertEqual(
            book.sheetnames,
            [
                "Figures",
                "Ledger",
                "Batches",
                "Answers",
                "Effectiveness checks",
                "Decisions",
                "History",
                "Orders hit",
                "Made good",
            ],
        )
        ledger = list(book["Ledger"].values)
        self.assertEqual(len(ledger), 4)
        self.assertIn("Lake Bistro", [row[0] for row in ledger])

    def test_the_history_tells_of_the_launch_by_each_suspect_batch(self):
        head, *rows = self.book()["History"].values
        steps = [dict(zip(head, row, strict=True)) for row in rows]
        launched = [step for step in steps if step["What"] == "Launched"]
        suspects = self.recall.suspect_ids.mapped("name")
        self.assertEqual(sorted(step["Batch"] for step in launched), sorted(suspects))
        self.assertEqual({step["Reason"] for step in launched}, {self.recall.reason})
        self.assertGreater(len(steps), len(launched), "the answer is a step as well")

    def test_no_letter_is_a_formula(self):
        sheet = self.book()["Answers"]
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        self.assertTrue(any(str(cell.value).startswith("=") for cell in cells))
        self.assertTrue(any(str(cell.value).startswith("+1") for cell in cells))
        self.assertNotIn("f", {cell.data_type for cell in cells})

    def test_in_the_fields_of_openfda(self):
        self.recall.recall_class = "I"
        report = self.recall._enforcement_report()
        self.assertEqual(report["classification"], "Class I")
        self.assertEqual(report["status"], "Ongoing")
        self.assertIn("Lot No. H-1, Exp. Date", report["code_info"])
        self.assertIn("57 ", report["product_quantity"])
        self.assertTrue(all(isinstance(value, str) for value in report.values()))

    def test_files_are_for_those_who_may_read_recalls(self):
        urls = [
            f"/batch_tracking/recall/{self.recall.id}/{name}"
            for name in ("recall.xlsx", "openfda.json")
        ]
        self.authenticate("recaller", "recaller")
        responses = [self.url_open(url) for url in urls]
        self.assertEqual([r.status_code for r in responses], [200, 200])
        self.assertIn("attachment", responses[0].headers["Content-Disposition"])
        self.assertEqual(json.loads(responses[1].text)["event_id"], self.recall.name)
        missing = self.url_open("/batch_tracking/recall/999999999/recall.xlsx")
        self.assertEqual(missing.status_code, 404)
        self.env["res.users"].create(
            {"name": "Nobody", "login": "nobody", "password": "nobody-nobody"}
        )
        self.authenticate("nobody", "nobody-nobody")
        self.assertEqual(self.url_open(urls[0]).status_code, 403)

    def test_the_status_report_names_who_has_not_answered(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "batch_tracking.report_stock_recall_status", self.recall.ids
            )[0]
            .decode()
        )
        self.assertIn("Lake Bistro", html)
        self.assertIn("Listeria", html)

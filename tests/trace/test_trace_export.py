import io

import openpyxl

from odoo.tests import HttpCase, tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestTraceExport(KitchenCase, HttpCase):
    """A trace on paper, in a spreadsheet, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evil = cls.make_partner('=HYPERLINK("http://x")')
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.lot = cls.produce(cls.mash, "=1+1", 4, uses=[(cls.raw, 5)])
        cls.deliver(cls.mash, 3, cls.evil, lot=cls.lot)
        cls.clerk = cls.user("clerk")
        cls.clerk.password = "clerk of the kitchen"

    def book(self, content):
        return openpyxl.load_workbook(io.BytesIO(content))

    def test_one_clean_sheet_per_question(self):
        book = self.book(self.raw._trace_workbook())
        self.assertEqual(
            book.sheetnames,
            [
                "Made from",
                "Went into",
                "Links",
                "Suppliers",
                "Customers",
                "Reserved",
                "Orders that would take it",
                "On hand",
                "Trace gaps",
            ],
        )
        for sheet in book:
            self.assertFalse(sheet.merged_cells.ranges)
            self.assertTrue(all(cell.value for cell in sheet[1]))
        row = [cell.value for cell in book["Customers"][2]]
        self.assertEqual(row[3:6], [3, 0, 3])
        self.assertTrue(book["Customers"]["J2"].is_date)

    def test_what_is_on_hand_is_told_from_what_a_recall_counts(self):
        self.produce(self.hummus, "H-1", 8, uses=[(self.lot, 1)])
        book = self.book(self.lot._trace_workbook())
        title, *rows = book["On hand"].values
        rows = [dict(zip(title, row, strict=True)) for row in rows]
        self.assertEqual(
            {row["Batch"]: row["Direction"] for row in rows},
            {"CP-1": "Made from", "H-1": "Went into"},
        )
        recall = self.lot.trace()["recall"]["on_hand"]
        counted = [row["Quantity"] for row in rows if row["Direction"] != "Made from"]
        self.assertEqual(counted, [place["quantity"] for place in recall])
        [[*_, direction]] = list(
            self.book(self.raw._trace_workbook())["On hand"].values
        )[1:2]
        self.assertEqual(direction, "Traced batch")

    def test_what_is_printed_is_written_for_people(self):
        many = self.receive(self.chickpeas, "CP-2", 1234567.25)
        self.produce(self.mash, "M-2", 1, uses=[(many, 0.25)])
        sheets = {sheet["name"]: sheet for sheet in many._printed_trace()}
        [supplied] = sheets["Suppliers"]["rows"]
        self.assertIn(("1,234,567.25", "text-end text-nowrap"), supplied)
        [link] = sheets["Links"]["rows"]
        texts = [text for text, _classes in link]
        self.assertIn("0.25", texts)
        self.assertIn("Exact", texts)
        self.assertIn("Own stock", [text for text, _ in sheets["On hand"]["rows"][0]])

    def test_nothing_in_it_is_a_formula(self):
        book = self.book(self.raw._trace_workbook())
        cells = [cell for sheet in book for row in sheet for cell in row]
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])
        self.assertIn("=1+1", [cell.value for cell in cells])

    def test_the_file_is_for_who_may_read_the_lot(self):
        path = f"/batch_tracking/trace.xlsx?lots={self.raw.id}"
        self.authenticate("clerk", "clerk of the kitchen")
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Trace%20of%20CP-1", answer.headers["Content-Disposition"])
        self.assertEqual(len(self.book(answer.content).sheetnames), 9)
        self.assertEqual(self.url_open("/batch_tracking/trace.xlsx").status_code, 404)
        for lots in ("9" * 5000, str(2**40), "x", "²"):
            path_of_none = f"/batch_tracking/trace.xlsx?lots={lots}"
            self.assertEqual(self.url_open(path_of_none).status_code, 404)
        self.clerk.group_ids = self.env.ref("base.group_user")
        self.assertEqual(self.url_open(path).status_code, 403)

    def test_the_printed_report(self):
        report = (
            self.env["ir.actions.report"]
            ._render_qweb_html("batch_tracking.report_stock_lot_trace", self.raw.ids)[0]
            .decode()
        )
        for text in ("CP-1", "Finger Lakes Pulses", "=1+1", "Customers"):
            self.assertIn(text, report)
        self.assertNotIn("Trace gaps", report)

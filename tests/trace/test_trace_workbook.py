import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import workbook


class TestWorkbook(BaseCase):
    """A spreadsheet holds values, never formulas."""

    @settings(max_examples=100, deadline=None)
    @given(st.text(alphabet="=+-@|!\"\t{}'(1Ab", min_size=1, max_size=12))
    def test_text_stays_text(self, text):
        content = workbook.workbook([workbook.Sheet("S", ["T"], [[text]])])
        book = openpyxl.load_workbook(io.BytesIO(content))
        cell = book["S"]["A2"]
        self.assertEqual(cell.data_type, "s")
        self.assertIsNone(cell.hyperlink)

    def test_a_sheet_gets_a_name_that_it_may_have(self):
        content = workbook.workbook([workbook.Sheet("a/b:c" * 9, ["T"], [])])
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(len(book.sheetnames[0]), 31)

from datetime import date, datetime

from odoo import models
from odoo.tools import format_date, format_datetime

#: A printed report names so many rows of a kind; the spreadsheet has all.
ROWS_PRINTED = 500


class StockLot(models.Model):
    """A trace on paper, in the user's language and time zone."""

    _inherit = "stock.lot"

    def action_print_trace(self):
        """Print the trace report of these lots."""
        self.check_access("read")
        return self.env.ref("batch_tracking.stock_lot_trace_report").report_action(self)

    def _printed_trace(self):
        """Return the sheets for paper: texts, in columns that say something.

        Of each sheet as many rows as somebody may read.
        """
        sheets = self._trace_sheets(self._trace())
        return [self._for_paper(sheet) for sheet in sheets if sheet.rows]

    def _for_paper(self, sheet):
        rows = sheet.rows[:ROWS_PRINTED]
        used = [
            column
            for column in range(len(sheet.columns))
            if any(row[column] not in (None, False, "") for row in rows)
        ]
        cells = [[self._as_print(row[column]) for column in used] for row in rows]
        columns = zip(*cells, strict=True)
        figures = [any("text-end" in cell[1] for cell in row) for row in columns]
        return {
            "name": sheet.name,
            "more": len(sheet.rows) - len(rows),
            "columns": [
                (sheet.columns[column], "text-end" if is_figure else "")
                for column, is_figure in zip(used, figures, strict=True)
            ],
            "rows": cells,
        }

    def _as_print(self, value):
        """Return ``(text, classes)`` of a cell: figures in line, numbers unbroken."""
        if value in (None, False):
            return "", ""
        if isinstance(value, datetime):
            # It is in the user's time zone already.
            text = format_datetime(self.env, value, tz="UTC", dt_format="short")
            return text, "text-nowrap"
        if isinstance(value, date):
            return format_date(self.env, value), "text-nowrap"
        if isinstance(value, (int, float)):
            return self._as_figure(value), "text-end text-nowrap"
        return str(value), "" if " " in str(value) else "text-nowrap"

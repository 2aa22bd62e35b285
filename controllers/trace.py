from odoo import http
from odoo.http import content_disposition, request

from ..tools.ids import ids_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TraceController(http.Controller):
    """Files that a trace is taken away in."""

    @http.route(
        "/batch_tracking/trace.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def trace_xlsx(self, lots="", **_kwargs):
        """Return the trace of lots as a spreadsheet.

        :param str lots: their ids, with commas between
        """
        records = request.env["stock.lot"].browse(ids_in(lots))
        if not records:
            raise request.not_found()
        records.check_access("read")
        name = records.name if len(records) == 1 else request.env._("batches")
        title = request.env._("Trace of %s", name)
        return request.make_response(
            records._trace_workbook(),
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{title}.xlsx")),
            ],
        )

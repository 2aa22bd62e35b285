import json

from odoo import http
from odoo.http import content_disposition, request

from ..tools.ids import is_id
from .trace import XLSX


class RecallFiles(http.Controller):
    """Files that a recall is taken away in."""

    @http.route(
        "/batch_tracking/recall/<int:recall_id>/recall.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def recall_xlsx(self, recall_id, **_kwargs):
        """Return everything of a recall as a spreadsheet."""
        recall = self._recall(recall_id)
        if not recall:
            raise request.not_found()
        return self._file(recall, recall._workbook(), XLSX, "xlsx")

    @http.route(
        "/batch_tracking/recall/<int:recall_id>/openfda.json",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def recall_openfda(self, recall_id, **_kwargs):
        """Return a recall in the field names of openFDA's enforcement reports."""
        recall = self._recall(recall_id)
        if not recall:
            raise request.not_found()
        content = json.dumps(recall._enforcement_report(), indent=2, ensure_ascii=False)
        return self._file(recall, content, "application/json; charset=utf-8", "json")

    def _recall(self, recall_id):
        """Return a recall that the user may read, none if there is no such one."""
        recalls = request.env["stock.recall"]
        recall = recalls.browse(recall_id).exists() if is_id(recall_id) else recalls
        recall.check_access("read")
        return recall

    def _file(self, recall, content, kind, ending):
        name = recall.name.replace("/", "-")
        disposition = content_disposition(f"{name}.{ending}")
        headers = [("Content-Type", kind), ("Content-Disposition", disposition)]
        return request.make_response(content, headers)

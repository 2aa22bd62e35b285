from odoo import models
from odoo.http import Stream

#: Files that visitors without an account have sent are kept with these.
FROM_OUTSIDE = ("stock.recall.answer",)


class Download(Stream):
    """A file that browsers save, and never show: it comes from outside."""

    def get_response(self, as_attachment=None, **kwargs):  # noqa: ARG002
        """Return the response; whatever a caller asks for, the file is a download."""
        return super().get_response(as_attachment=True, **kwargs)


class IrAttachment(models.Model):
    """What consignees have sent with their answers is served as a download."""

    _inherit = "ir.attachment"

    def _to_http_stream(self):
        stream = super()._to_http_stream()
        # sudo: what kind of record it belongs to, whoever may read that
        if self.sudo().res_model in FROM_OUTSIDE:
            stream.__class__ = Download
        return stream

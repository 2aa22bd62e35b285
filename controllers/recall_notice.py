from odoo import http
from odoo.http import request

#: Seconds for which a visitor's program may keep the page.
KEEP = 300


class RecallNoticeController(http.Controller):
    """Public notices of recalls: pages that were frozen when they were published."""

    @http.route(
        "/recall/<int:publication_id>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def recall_notice(self, publication_id, **_kwargs):
        """Return the notice that everybody may see."""
        pages = request.env["stock.recall.publication"]
        return self._page(pages._published(publication_id=publication_id))

    @http.route(
        "/recall/notice/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def recall_notice_by_link(self, token, **_kwargs):
        """Return the notice that only who has the link sees."""
        pages = request.env["stock.recall.publication"]
        return self._page(pages._published(token=token), is_listed=False)

    def _page(self, publication, is_listed=True):
        if not publication:
            raise request.not_found()
        response = request.render(
            "batch_tracking.recall_public_page",
            {"publication": publication, "page_title": publication.title},
        )
        response.headers["Cache-Control"] = f"public, max-age={KEEP}"
        if not is_listed:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

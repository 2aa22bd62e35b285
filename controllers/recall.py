import secrets

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.answer.channels import PAGE, PORTAL
from ..models.answer.stock_recall_page import ACTIONS
from ..models.answer.stock_recall_visit import WINDOW
from ..tools.answer.form import MOST_BYTES, MOST_FILES

#: Certificates, and what was typed.
MOST_POSTED = (MOST_FILES + 1) * MOST_BYTES
#: The address is a secret: it goes to no other site, into no cache and no index.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
GONE, NOT_FOUND, UNPROCESSABLE, TOO_MANY = 410, 404, 422, 429


class AnswerPage:
    """The page of one consignee: shown, and what it sends taken. POST alone changes."""

    def __init__(self, recall, partner, url, channel):
        # sudo: who has the link, or the account, sees and answers these rows alone
        self.recall, self.partner = recall.sudo(), partner.sudo()
        self.url, self.channel = url, channel

    def serve(self, form, answer):
        """Return the response to the request that is being served."""
        if request.httprequest.method == "POST":
            return self.take(form, posted_files())
        if not self.recall._takes_answers() or answer in ACTIONS:
            return self.answered(answer)
        return self.form()

    def show(self, template, **values):
        status = values.pop("status", 200)
        response = request.render(
            f"batch_tracking.{template}",
            {
                "recall": self.recall,
                "partner": self.partner,
                "url": self.url,
                "page_name": "recall",
                **values,
            },
            headers=HEADERS,
        )
        response.status_code = status
        return response

    def form(self, form=None, problem="", status=200):
        """Show the form; after a problem, with all that was typed."""
        return self.show(
            "recall_answer_page",
            rows=self.recall._page_rows(self.partner, form),
            typed=form or {},
            key=secrets.token_urlsafe(16),
            problem=problem,
            most_files=MOST_FILES,
            status=status,
        )

    def take(self, form, files):
        """Keep an answer and say so; or say what is wrong, with nothing changed."""
        if not request.validate_csrf(form.get("csrf_token")):
            expired = request.env._(
                "This page was open for a long time, so nothing was sent. What you "
                "typed is still here: look it over and send it again."
            )
            return self.form(form, expired, UNPROCESSABLE)
        try:
            with request.env.cr.savepoint():
                checked = self.recall._check_files(files)
                answer = self.recall._read_answer(self.partner, form, self.channel)
                kept = self.recall._take_answer(self.partner, answer)
                kept._attach(checked)
        except UserError as error:
            return self.form(form, str(error), UNPROCESSABLE)
        return request.redirect(f"{self.url}?answer={kept.kind}", local=True)

    def answered(self, kind):
        """Show what has been kept, and that it can be changed by another answer."""
        return self.show(
            "recall_answered_page", kind=kind, rows=self.recall._page_rows(self.partner)
        )


def sentence_page(title, text, status):
    """Show a page that says one thing and has nothing to press."""
    values = {"title": title, "text": text}
    response = request.render(
        "batch_tracking.recall_sentence_page", values, headers=HEADERS
    )
    response.status_code = status
    return response


def posted_files():
    """Return a request's files as ``(name, content)``, a byte more than is taken."""
    files = request.httprequest.files.getlist("files")
    return [
        (each.filename, each.stream.read(MOST_BYTES + 1))
        for each in files
        if each.filename
    ]


def speak_language_of(partner):
    """Go on in the consignee's language, if it is installed."""
    if partner.lang in dict(request.env["res.lang"].get_installed()):
        request.update_context(lang=partner.lang)


class RecallController(http.Controller):
    """The page that the link of a notice opens, for people without an account."""

    @http.route(
        "/recall/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        multilang=False,  # a link has one address
        csrf=False,  # checked by hand: what was typed must not be lost
        sitemap=False,
        max_content_length=MOST_POSTED,
    )
    def recall_page(self, token, answer="", **form):
        """Show what a consignee is asked, and take the answer.

        :param str token: of the link
        :param str answer: what was sent just now, to be confirmed
        """
        found = request.env["stock.recall.token"]._find(token)
        if not self._is_welcome(token, found):
            return self._refuse_flood()
        if not found:
            return self._wrong_link()
        speak_language_of(found.partner_id)
        found = found.with_env(request.env(su=True))
        if found._is_expired() or not found.recall_id._takes_answers():
            return self._closed(found.recall_id)
        url = f"/recall/{token}"
        page = AnswerPage(found.recall_id, found.partner_id, url, PAGE)
        return page.serve(form, answer)

    def _is_welcome(self, token, found):
        """Tell whether this request is one of those that are allowed.

        Whoever has a link is counted by it alone: behind a proxy, or in one office,
        many consignees have the same address, and must not keep each other out. Who
        tries out links is counted by address.
        """
        visits = request.env["stock.recall.visit"]
        if found:
            return visits._is_welcome("token", token)
        return visits._is_welcome("address", request.httprequest.remote_addr or "")

    def _refuse_flood(self):
        minutes = int(WINDOW.total_seconds() // 60)
        text = request.env._(
            "Too many requests came from here. Wait %s minutes and open the link "
            "again. Nothing was changed.",
            minutes,
        )
        title = request.env._("One moment, please")
        response = sentence_page(title, text, TOO_MANY)
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response

    def _wrong_link(self):
        text = request.env._(
            "Perhaps a part of it was lost: copy the whole link from the notice. If it "
            "still does not open, call the number that stands in the notice."
        )
        return sentence_page(request.env._("This link leads nowhere"), text, NOT_FOUND)

    def _closed(self, recall):
        if recall._takes_answers():
            title = request.env._("This link has expired")
        else:
            title = request.env._("This recall takes no more answers")
        text = request.env._(
            "Nothing was changed. If you still have some of these goods, or something "
            "to tell us, call the number that stands in the notice."
        )
        return sentence_page(title, text, GONE)


class RecallPortal(CustomerPortal):
    """The same page in the account of a customer who has one."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "recall_count" in counters:
            values["recall_count"] = len(self._own_recalls())
        return values

    def _own_recalls(self):
        company = request.env.user.partner_id.commercial_partner_id
        # sudo: recalls that this customer was told of, whose rows are then theirs
        return request.env["stock.recall"].sudo()._told_of(company)

    @http.route("/my/recalls", type="http", auth="user", methods=["GET"], website=True)
    def portal_my_recalls(self, **_kwargs):
        """List the recalls that the customer was told of."""
        values = self._prepare_portal_layout_values()
        recalls = self._own_recalls()
        partner = request.env.user.partner_id.commercial_partner_id
        values |= {
            "page_name": "recalls",
            "rows": [(recall, recall._replied_text(partner)) for recall in recalls],
        }
        return request.render("batch_tracking.portal_my_recalls", values)

    @http.route(
        "/my/recalls/<int:recall_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        csrf=False,  # as on the page without an account
        max_content_length=MOST_POSTED,
    )
    def portal_my_recall(self, recall_id, answer="", **form):
        """Show what the customer is asked, and take the answer.

        :param int recall_id: of a recall that they were told of
        """
        recall = self._own_recalls().filtered(lambda own: own.id == recall_id)
        if not recall:
            raise request.not_found()
        partner = request.env.user.partner_id.commercial_partner_id
        page = AnswerPage(recall, partner, f"/my/recalls/{recall_id}", PORTAL)
        return page.serve(form, answer)

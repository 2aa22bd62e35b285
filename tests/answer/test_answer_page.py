import io
import json
import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ...models.answer.stock_recall_visit import MOST
from .answer_case import AnswerCase

PDF = b"%PDF-1.7 certificate"


@tagged("post_install", "-at_install")
class TestAnswerPage(AnswerCase, HttpCase):
    """The market opens the link of its notice, and answers without an account."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.token = self.env["stock.recall.token"]._issue(self.recall, self.market)
        self.url = f"/recall/{self.token}"
        self.mine = self.row(self.recall, self.market, self.first)
        self.env["stock.recall.visit"].search([]).unlink()

    def page(self, url=None):
        self.env.flush_all()
        response = self.url_open(url or self.url)
        self.env.invalidate_all()
        return response

    def send(self, page=None, files=None, allow_redirects=True, **form):
        """Send the form of the page, as a browser does."""
        page = page or self.page()
        hidden = dict(
            re.findall(r'name="(csrf_token|version|key)" value="([^"]*)"', page.text)
        )
        data = {"action": "told", "contact_name": "Ann Lee", **hidden, **form}
        self.env.flush_all()
        response = self.url_open(
            self.url, data=data, files=files, allow_redirects=allow_redirects
        )
        self.env.invalidate_all()
        return response

    def test_it_shows_what_they_received_and_nothing_of_others(self):
        text = self.page().text
        for shown in ("Corner Market", "H-1", "H-2", "Listeria", "40"):
            self.assertIn(shown, text)
        for hidden in ("Lake Bistro", "H-3"):
            self.assertNotIn(hidden, text)

    def test_looking_changes_nothing(self):
        before = self.mine.write_date
        self.page()
        self.page(self.url + "?answer=told&action=none_left&contact_name=Scanner")
        self.assertFalse(self.recall.answer_ids)
        self.assertEqual(self.mine.write_date, before)

    def test_an_answer_is_kept(self):
        response = self.send(**{f"{self.mine.id}-on_hand": "30,5"})
        self.assertEqual(response.status_code, 200)
        self.assertIn("your answer is kept", response.text)
        self.assertEqual(self.mine.on_hand, 30.5)
        answer = self.recall.answer_ids
        self.assertEqual((answer.contact_name, answer.channel), ("Ann Lee", "page"))
        self.assertFalse(self.row(self.recall, self.market, self.second).has_answered)

    def test_pressed_twice_it_is_one_answer(self):
        page = self.page()
        self.send(page, **{f"{self.mine.id}-on_hand": "30"})
        self.send(page, **{f"{self.mine.id}-on_hand": "30"})
        self.assertEqual(len(self.recall.answer_ids), 1)

    def test_none_left_is_one_click(self):
        self.send(action="none_left", contact_name="")
        self.assertEqual(self.recall._rows_of(self.market).mapped("used"), [40, 9])

    def test_the_notice_has_come_and_the_answer_follows(self):
        self.send(action="acknowledged", contact_name="")
        self.assertEqual(self.recall.answer_ids.kind, "acknowledged")
        self.assertFalse(self.mine.has_answered)

    def test_what_cannot_be_is_refused_and_stays_on_the_page(self):
        cases = {
            "-1": "below 0",
            "41": "1 more than the 40",
            "many": "in digits",
            "1e400": "in digits",
        }
        for typed, told in cases.items():
            response = self.send(**{f"{self.mine.id}-on_hand": typed})
            self.assertEqual(response.status_code, 422)
            self.assertIn(told, response.text)
            self.assertIn("Ann Lee", response.text)
        self.assertFalse(self.recall.answer_ids)

    def test_all_or_nothing(self):
        second = self.row(self.recall, self.market, self.second)
        self.send(**{f"{self.mine.id}-on_hand": "1", f"{second.id}-on_hand": "99"})
        self.assertFalse(self.mine.answered_at)

    def test_nobody_answers_for_others(self):
        theirs = self.row(self.recall, self.bistro, self.first)
        response = self.send(
            **{f"{theirs.id}-on_hand": "8", f"{self.mine.id}-on_hand": "40"}
        )
        self.assertEqual(response.status_code, 200)
        self.assertFalse(theirs.answered_at)

    def test_it_is_said_who_answers(self):
        response = self.send(contact_name=" ", **{f"{self.mine.id}-on_hand": "1"})
        self.assertIn("Say who answers", response.text)
        self.assertFalse(self.recall.answer_ids)

    def test_declined_with_a_reason(self):
        response = self.send(action="declined")
        self.assertIn("why it is not yours", response.text)
        self.send(action="declined", note="We never bought this")
        self.assertTrue(self.mine.is_declined)
        self.assertTrue(self.mine.evidence_ids)

    def test_an_expired_session_loses_nothing(self):
        form = {"csrf_token": "0o1", f"{self.mine.id}-on_hand": "33"}
        response = self.send(**form)
        self.assertEqual(response.status_code, 422)
        self.assertIn("nothing was sent", response.text)
        self.assertIn('value="33"', response.text)
        self.assertFalse(self.recall.answer_ids)
        self.send(response, **{f"{self.mine.id}-on_hand": "33"})
        self.assertEqual(self.mine.on_hand, 33)

    def test_a_wrong_link(self):
        wrong = ("x" * 43, "x", "a%2Fb", self.token[:-1] + "-", self.token.swapcase())
        for token in wrong:
            response = self.page(f"/recall/{token}")
            self.assertEqual(response.status_code, 404)
            self.assertNotIn("Corner Market", response.text)

    def test_an_expired_link(self):
        token = self.env["stock.recall.token"]._find(self.token)
        page = self.page()
        token.date_expire = fields.Datetime.now() - timedelta(seconds=1)
        for response in (
            self.page(),
            self.send(page, **{f"{self.mine.id}-on_hand": "3"}),
        ):
            self.assertEqual(response.status_code, 410)
            self.assertIn("has expired", response.text)
            self.assertNotIn("H-1", response.text)
        self.assertFalse(self.recall.answer_ids)

    def test_a_closed_recall(self):
        page = self.page()
        self.recall.sudo().state = "closed"
        response = self.send(page, **{f"{self.mine.id}-on_hand": "3"})
        self.assertEqual(response.status_code, 410)
        self.assertIn("takes no more answers", response.text)
        self.assertFalse(self.recall.answer_ids)

    def test_a_recall_that_grew_meanwhile(self):
        page = self.page()
        self.recall.sudo().version = 2
        response = self.send(page, **{f"{self.mine.id}-on_hand": "3"})
        self.assertIn("More batches are recalled", response.text)
        self.assertIn('value="3"', response.text)
        self.assertFalse(self.recall.answer_ids)

    def test_too_many_requests(self):
        visits = self.env["stock.recall.visit"]
        for _time in range(MOST["token"]):
            visits._is_welcome("token", self.token)
        response = self.page()
        self.assertEqual(response.status_code, 429)
        self.assertIn("Retry-After", response.headers)
        self.assertNotIn("H-1", response.text)

    def test_an_address_that_is_shut_out_keeps_no_consignee_out(self):
        """Behind a proxy, or in one office, all have the same address."""
        visits = self.env["stock.recall.visit"]
        for _time in range(MOST["address"]):
            visits._is_welcome("address", "127.0.0.1")
        self.assertEqual(self.page("/recall/wrong").status_code, 429)
        self.assertEqual(self.page().status_code, 200)
        other = self.env["stock.recall.token"]._issue(self.recall, self.bistro)
        for _time in range(MOST["token"]):
            visits._is_welcome("token", other)
        self.assertEqual(self.page(f"/recall/{other}").status_code, 429)
        self.assertEqual(self.page().status_code, 200)

    def test_a_proxy_that_odoo_does_not_know_of_is_said(self):
        self.env["stock.recall.plan"].create({})
        self.authenticate("admin", "admin")
        args = {
            "model": "stock.recall",
            "method": "read",
            "args": [self.recall.ids, ["link_warning"]],
            "kwargs": {},
        }
        body = {"jsonrpc": "2.0", "method": "call", "params": args}
        for headers, is_said in (
            ({}, False),
            ({"X-Forwarded-For": "203.0.113.7"}, True),
        ):
            response = self.url_open(
                "/web/dataset/call_kw",
                data=json.dumps(body),
                headers={"Content-Type": "application/json", **headers},
            )
            [values] = response.json()["result"]
            warning = values["link_warning"] or ""
            self.assertEqual("--proxy-mode" in warning, is_said)

    def test_wrong_links_are_counted_by_address(self):
        for place in range(3):
            self.page(f"/recall/wrong{place}")
        address = [("key", "=like", "address:%")]
        self.assertEqual(self.env["stock.recall.visit"].search_count(address), 3)

    def test_a_certificate_is_kept_and_downloaded(self):
        files = [("files", ("burnt.pdf", io.BytesIO(PDF), "text/html"))]
        self.send(files=files, **{f"{self.mine.id}-destroyed": "40"})
        kept = self.recall.answer_ids.attachment_ids
        self.assertEqual((kept.name, kept.mimetype), ("burnt.pdf", "application/pdf"))
        self.assertEqual(kept.raw, PDF)
        self.assertFalse(kept.public)

    def test_a_certificate_is_never_shown_by_a_browser(self):
        """Whatever the address asks for, and whatever others have of it."""
        files = [("files", ("burnt.pdf", io.BytesIO(PDF), "application/pdf"))]
        self.send(files=files, **{f"{self.mine.id}-destroyed": "40"})
        kept = self.recall.answer_ids.attachment_ids
        other = kept.sudo().copy({"res_model": "res.partner", "res_id": 1})
        self.authenticate("admin", "admin")
        for url in (
            f"/web/content/{kept.id}",
            f"/web/content/{kept.id}?download=false",
            f"/web/content/ir.attachment/{kept.id}/raw",
            f"/web/image/{kept.id}",
        ):
            headers = self.url_open(url).headers
            self.assertIn("attachment", headers["Content-Disposition"], url)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff", url)
        headers = self.url_open(f"/web/content/{other.id}").headers
        self.assertNotIn("attachment", headers.get("Content-Disposition", ""))

    def test_other_files_are_refused_with_the_answer(self):
        for name, content in (
            ("evil.pdf", b"<html><script>alert(1)</script>"),
            ("picture.svg", b"<svg onload=alert(1)>"),
            ("large.pdf", PDF + b"x" * 5 * 1024 * 1024),
        ):
            response = self.send(
                files=[("files", (name, io.BytesIO(content), "application/pdf"))],
                **{f"{self.mine.id}-destroyed": "40"},
            )
            self.assertEqual(response.status_code, 422)
            self.assertIn(name, response.text)
        many = [("files", (f"{n}.pdf", io.BytesIO(PDF), "")) for n in range(6)]
        response = self.send(files=many, **{f"{self.mine.id}-destroyed": "40"})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self.recall.answer_ids)

    def test_what_is_typed_is_text(self):
        self.send(
            contact_name="<script>alert(1)</script>",
            **{f"{self.mine.id}-on_hand": "-1"},
        )
        response = self.send(
            contact_name="<img src=x onerror=alert(1)>",
            note="<script>alert(2)</script>",
            **{f"{self.mine.id}-on_hand": "-1", f"{self.mine.id}-note": "'><b>x"},
        )
        for code in ("<script>alert", "<img src=x", "'><b>x"):
            self.assertNotIn(code, response.text)

    def test_the_address_is_a_secret(self):
        headers = self.page().headers
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertIn("noindex", headers["X-Robots-Tag"])

    def test_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.market.lang = "fr_FR"
        view = self.env.ref("batch_tracking.recall_answer_page")
        view.update_field_translations(
            "arch_db", {"fr_FR": {"Send the answer": "Envoyer la réponse"}}
        )
        self.assertIn("Envoyer la réponse", self.page().text)

    def test_who_passed_it_on_names_them(self):
        self.send(
            **{
                f"{self.mine.id}-passed_on": "20",
                f"{self.mine.id}-onward": "Shop one, one@shop.example, 20",
            }
        )
        onward = self.env["stock.recall.answer.onward"].search([])
        self.assertEqual((onward.name, onward.quantity), ("Shop one", 20))
        self.assertEqual(self.recall.onward_count, 1)

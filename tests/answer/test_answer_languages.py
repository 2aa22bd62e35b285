import re

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..notice.notice_case import ANSWERS
from .answer_case import AnswerCase

LETTER = "batch_tracking.report_recall_notice"
#: Of our English texts; what others write in theirs is not ours to translate.
ENGLISH = re.compile(
    r"\b(answer|batch(es)?|please|received|recall|sold|your|quantity|notice)\b",
    re.IGNORECASE,
)


def words(page):
    """Return what a person reads of some HTML."""
    tree = html.fromstring(page)
    for hidden in tree.xpath("//script|//style|//head|//header|//footer"):
        hidden.drop_tree()
    return " ".join(tree.text_content().split())


@tagged("post_install", "-at_install")
class TestAnswerLanguages(AnswerCase, HttpCase):
    """A German consignee is written to, and answers, in German; and so are others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak("de_DE")
        cls.market.write({"lang": "de_DE", "email": "markt@example.com"})

    @classmethod
    def speak(cls, *languages):
        for language in languages:
            cls.env["res.lang"]._activate_lang(language)
        modules = cls.env["ir.module.module"]
        modules._load_module_terms(["batch_tracking"], list(languages))

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        # What the manager types in German; in English it says what ``reason`` says.
        day = fields.Date.to_date("2026-12-24")
        self.recall.write(
            {**ANSWERS, "authority": "none", "recall_class": "III", "hazard": "-"}
            | {"notice_reply_by": day, "notice_what_to_do": "-"}
            | {"notice_contact": "+49 30 555", "notice_contact_24h": "+49 30 556"}
        )
        self.notice = self.recall.notice_ids.filtered(
            lambda notice: notice.partner_id == self.market
        )

    def assert_in_german(self, text, *sentences):
        for sentence in sentences:
            self.assertIn(sentence, text)
        self.assert_no_english(text)

    def assert_no_english(self, text):
        text = text.replace(self.recall.name, "")
        self.assertFalse(ENGLISH.findall(text), text)

    def test_the_letter(self):
        page = self.env["ir.qweb"]._render(
            LETTER, {"docs": self.notice, "env": self.env}
        )
        self.assertIn("Wir rufen die unten genannten Chargen zurück", words(page))

    def test_the_notice(self):
        self.assert_in_german(
            words(self.notice.body),
            "Rückruf: Hummus",
            "Wir rufen die unten genannten Chargen zurück.",
            "Was zu tun ist",
            "Bitte antworten Sie bis zum 24. Dezember 2026",
        )

    def test_a_reminder(self):
        said = self.notice.with_context(lang="de_DE")._render_body(wave=1)
        self.assertIn("Erinnerung.", words(said))
        self.assertIn("noch keine Antwort von Ihnen", words(said))

    def test_the_mail(self):
        self.recall.action_approve_notices()
        self.recall.action_send_notices()
        attempt = self.notice.sudo().attempt_ids
        attempt._make_mails()
        mail = attempt.mail_id
        self.assertTrue(mail.subject.startswith("Rückruf: Hummus"), mail.subject)
        self.assertIn("Jetzt antworten", words(mail.body_html))
        self.assert_no_english(words(mail.body_html))

    def test_words_of_the_authority_stay(self):
        self.recall.write({"authority": "fda", "recall_class": "I"})
        self.assertEqual(self.notice.title, "URGENT: Rückruf (Produkt) - Hummus")
        self.recall.write({"authority": "gpsr"})
        self.assertEqual(self.notice.title, "Produktsicherheitsrückruf: Hummus")

    def page(self, **form):
        token = self.env["stock.recall.token"]._issue(self.recall, self.market)
        self.env.flush_all()
        url = f"/recall/{token}"
        response = self.url_open(url)
        if form:
            hidden = dict(
                re.findall(
                    r'name="(csrf_token|version|key)" value="([^"]*)"', response.text
                )
            )
            response = self.url_open(url, data={**hidden, **form})
        self.env.invalidate_all()
        return response

    def test_the_page_on_which_they_answer(self):
        page = self.page()
        shown = html.fromstring(page.text).xpath("//div[hasclass('o_recall_page')]")[0]
        self.assert_in_german(
            words(html.tostring(shown, encoding="unicode")).replace("Listeria", ""),
            "Verkaufen und verwenden Sie diese Chargen nicht.",
            "Vorhanden, beiseitegestellt",
            "Antwort senden",
            "Geld zurück",
        )
        self.assertEqual(shown.get("data-all"), "Alles ist angegeben")

    def test_what_is_wrong_is_said_in_their_language(self):
        mine = self.row(self.recall, self.market, self.first)
        page = self.page(
            action="told", contact_name="Ann Lee", **{f"{mine.id}-used": "41"}
        )
        self.assertEqual(page.status_code, 422)
        self.assertIn("Das sind 1 mehr als die 40", page.text)

    def test_thank_you(self):
        page = self.page(action="none_left")
        self.assertIn("Danke: Ihre Antwort ist gespeichert.", page.text)

    def test_a_link_that_has_ended(self):
        self.recall.sudo().state = "closed"
        self.assertIn("Dieser Rückruf nimmt keine Antworten mehr an", self.page().text)

    def test_others_in_theirs(self):
        languages = {
            "fr_FR": "Nous rappelons les lots ci-dessous",
            "es_ES": "Recuperamos los lotes siguientes",
            "it_IT": "Richiamiamo i lotti indicati sotto",
            "nl_NL": "Wij roepen de onderstaande partijen terug",
        }
        self.speak(*languages)
        for language, sentence in languages.items():
            with self.subTest(language):
                self.market.lang = language
                self.notice.sudo().lang = language
                self.notice.invalidate_recordset()
                self.assertIn(sentence, words(self.notice.body))

import re

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .notice_case import NoticeCase

#: 21 CFR 7.49(c): what a recall communication must say.
PURPOSES = (
    "recall of the products",
    "Cease distribution and use",
    "notify them at once",
    "Send it back at our cost",
)


@tagged("post_install", "-at_install")
class TestNoticeContents(NoticeCase):
    """What a consignee reads, and what it must never read."""

    def text_of(self, notice):
        plain = re.sub(r"<[^>]+>", " ", str(notice.body))
        return re.sub(r"\s+", " ", plain)

    def test_a_letter_of_class_i_says_all_that_it_must(self):
        recall = self.launch_complete()
        text = self.text_of(self.notice(recall, self.bistro))
        for words in ("URGENT", "H-1", "H-2", "Salmonella", "recaller@", *PURPOSES):
            self.assertIn(words, text)

    def test_it_says_nothing_of_other_consignees(self):
        self.deliver(self.mash, 1, self.north, lot=self.batch)
        recall = self.launch_complete()
        text = self.text_of(self.notice(recall, self.bistro))
        self.assertNotIn("Mash", text)
        self.assertIn("Mash", self.notice(recall, self.market).title)
        for secret in ("Corner Market", "north", "south", "market@", " 12 ", "H-3"):
            self.assertNotIn(secret, text)

    def test_by_company_each_row_says_where_it_went(self):
        recall = self.launch_complete()
        text = self.text_of(self.notice(recall, self.market))
        self.assertIn("Corner Market, north", text)
        self.assertIn("Corner Market, south", text)

    def test_what_looks_like_a_program_stays_text(self):
        evil = "<script>alert(1)</script> ${object.env} {{ object }} <t t-out='1'/>"
        self.hummus.name = evil
        recall = self.launch_complete(
            reason=evil, hazard=evil, notice_what_to_do=evil, notice_contact=evil
        )
        body = str(self.notice(recall, self.bistro).body)
        self.assertNotIn("<script", body)
        self.assertNotIn("<t ", body)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", body)
        self.assertIn("${object.env}", body)
        self.assertIn("{{ object }}", body)
        self.assertIn(evil, recall.notice_ids[:1].title)

    def test_a_template_fills_in_what_it_knows_and_runs_nothing(self):
        template = self.env.ref("batch_tracking.notice_template_fda")
        template.opening = "{recall} ${1+1} {{2+2}} {kind}"
        recall = self.launch_complete()
        text = self.text_of(self.notice(recall, self.bistro))
        self.assertIn(f"{recall.name} ${{1+1}} {{{{2+2}}}} recall", text)

    def test_a_template_that_asks_for_the_unknown_is_refused(self):
        template = self.env.ref("batch_tracking.notice_template_fda")
        with self.assertRaisesRegex(ValidationError, "password"):
            template.opening = "{password}"

    def test_each_authority_has_its_heading(self):
        recall = self.launch_complete(notice_goods="food")
        notice = self.notice(recall, self.bistro)
        for authority, heading in (
            ("fda", "URGENT: food recall - "),
            ("gpsr", "Product safety recall: "),
            ("uk_food", "Food recall: "),
            ("none", "URGENT: Product recall: "),
            ("cfia", "URGENT: Product recall: "),
        ):
            recall.authority = authority
            self.assertTrue(notice.title.startswith(heading), notice.title)

    def test_a_german_reads_the_heading_that_the_law_names(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.bistro.lang = "de_DE"
        recall = self.launch_complete(authority="gpsr")
        title = self.notice(recall, self.bistro).title
        self.assertIn("Produktsicherheitsrückruf", title)

    def test_each_reads_the_hazard_in_its_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.bistro.lang = "de_DE"
        recall = self.launch_complete()
        self.assertIn("Not translated to German", recall.notice_findings)
        for name in ("hazard", "reason", "notice_what_to_do"):
            recall.sudo().with_context(lang="de_DE")[name] = f"{name} auf Deutsch"
        self.assertFalse(recall.notice_findings)
        german = self.text_of(self.notice(recall, self.bistro))
        english = self.text_of(self.notice(recall, self.market))
        self.assertIn("hazard auf Deutsch", german)
        self.assertIn("Salmonella", english)
        self.assertNotIn("auf Deutsch", english)

    def test_letter_and_envelope_are_printed_with_or_without_a_printer_program(self):
        recall = self.launch_complete()
        recall.action_approve_notices()
        reports = self.env["ir.actions.report"].with_user(self.manager)
        for name in ("report_recall_notice", "report_recall_notice_envelope"):
            html = reports._render_qweb_html(
                f"batch_tracking.{name}", self.notice(recall, self.bistro).ids
            )[0].decode()
            self.assertIn("URGENT", html)
            self.assertIn("Lake Bistro", html)
            self.assertNotIn("Corner Market", html)

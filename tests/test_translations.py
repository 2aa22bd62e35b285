"""Texts that consignees read are there in the languages that we ship."""

import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged

FOLDER = Path(__file__).parent.parent / "i18n"
#: What consignees are shown: notices, letters, and the page on which they answer.
SHOWN = (
    "recall_notice_%",
    "recall_public_%",
    "recall_page_%",
    "recall_quantity",
    "recall_batch",
    "recall_answer%",
    "recall_sentence_page",
    "portal_my_%recall%",
    "portal_breadcrumbs_recall",
)
PLACE = re.compile(r"%\(\w+\)[sdg]|%s|\{\w+\}|</?\w+[^>]*>")
LETTERS = re.compile(r"[^\W\d_]")
SENTENCES = ("title", "opening", "stop_use", "pass_on", "reply", "sharing", "closing")
#: What reads the same in some of the languages: a file leaves it empty.
SAME = {
    ", version",
    "Correction",
    "File",
    "Online:",
    "Product",
    "product",
    "{company}",
    "{heading}: {product}",
}


def sources(file):
    """Return ``{text: its translation}`` of a file."""
    return {
        entry.msgid: entry.msgstr or (entry.msgid if entry.msgid in SAME else "")
        for entry in polib.pofile(str(file))
    }


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """Each language that is shipped is whole."""

    def setUp(self):
        super().setUp()
        self.languages = {
            file.stem: sources(file) for file in sorted(FOLDER.glob("*.po"))
        }

    def test_these_are_shipped(self):
        self.assertEqual(list(self.languages), ["de", "es", "fr", "it", "nl"])

    def test_all_say_the_same_and_nothing_is_empty(self):
        german = set(self.languages["de"])
        for language, texts in self.languages.items():
            with self.subTest(language):
                self.assertEqual(set(texts), german)
                self.assertFalse([text for text, said in texts.items() if not said])

    def test_what_is_filled_in_is_in_the_translation_as_well(self):
        for language, texts in self.languages.items():
            for text, said in texts.items():
                with self.subTest(language, text=text):
                    self.assertEqual(
                        sorted(PLACE.findall(said)), sorted(PLACE.findall(text))
                    )

    def test_nothing_of_the_pages_and_letters_is_left_out(self):
        field = self.env["ir.ui.view"]._fields["arch_db"]
        views = self.env["ir.ui.view"].search(
            ["|"] * (len(SHOWN) - 1)
            + [("key", "=like", f"batch_tracking.{name}") for name in SHOWN]
        )
        self.assertGreater(len(views), 10)
        known = {" ".join(text.split()) for text in self.languages["de"]}
        for view in views.with_context(lang=None):
            for text in field.get_trans_terms(view.arch_db):
                if not LETTERS.search(text):
                    continue
                with self.subTest(view.key):
                    self.assertIn(" ".join(text.split()), known)

    def test_nothing_of_the_templates_is_left_out(self):
        shipped = self.env["ir.model.data"].search(
            [
                ("model", "=", "stock.recall.notice.template"),
                ("module", "=", "batch_tracking"),
            ]
        )
        templates = self.env["stock.recall.notice.template"].browse(
            shipped.mapped("res_id")
        )
        self.assertTrue(templates)
        for template in templates.exists().with_context(lang=None):
            for name in SENTENCES:
                if text := template[name]:
                    with self.subTest(template.name, name=name):
                        self.assertIn(text, self.languages["de"])

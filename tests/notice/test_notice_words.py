from odoo.tests import BaseCase

from ...tools.notice.contents import NEEDED, missing_from
from ...tools.notice.words import findings

SOFT = "as a voluntary precaution, no accidents reported"
LETTER = dict.fromkeys(NEEDED["fda"], "something") | {
    "title": "URGENT: food recall",
    "contact_24h": "+1 555 0100",
}
GPSR = dict.fromkeys(NEEDED["gpsr"], "something") | {
    "title": "Product safety recall",
    "consumer_phone": "0800 1",
    "remedies": ["refund", "replacement"],
}


class TestRecallNoticeWords(BaseCase):
    """Words that make a hazard smaller are an error where the law says so."""

    def codes(self, text, language="en_US", kind="gpsr"):
        return [finding.code for finding in findings(kind, language, text)]

    def test_soft_words_are_findings_in_one_kind_of_notice_only(self):
        soft = ["voluntary", "precaution", "no_accidents"]
        self.assertEqual(self.codes(SOFT), soft)
        for kind in ("uk_food", "fda", "neutral"):
            self.assertEqual(self.codes(SOFT, kind=kind), [])

    def test_words_are_found_whatever_their_form(self):
        known = {
            "en_GB": {
                "In very rare\nsituations it may break": "rare",
                "No injuries are known": "no_accidents",
                "Nobody was hurt": "no_accidents",
                "recalled VOLUNTARILY": "voluntary",
                "at our discretion": "discretion",
            },
            "de_AT": {
                "Wir rufen freiwillig zurück": "voluntary",
                "Vorsorglicher Rückruf": "precaution",
                "in seltenen Situationen": "rare",
                "Es gab keine bekannten Unfälle": "no_accidents",
                "keine Unfa\u0308lle": "no_accidents",
            },
            "fr": {
                "rappel volontaire": "voluntary",
                "par mesure de précaution": "precaution",
                "dans de rares situations": "rare",
                "Aucun accident signalé": "no_accidents",
                "pas d’accident": "no_accidents",
            },
        }
        for language, texts in known.items():
            for text, code in texts.items():
                self.assertEqual(self.codes(text, language), [code], text)

    def test_a_plain_hazard_passes(self):
        for text in (
            "",
            "The strap may tear, and the child may fall and suffer injuries.",
            "An involuntary start may cut fingers. Take safety precautions.",
        ):
            self.assertEqual(self.codes(text), [], text)

    def test_a_language_without_a_list_must_be_read_by_somebody(self):
        self.assertEqual(self.codes("Hoito", "fi_FI"), ["no_list"])
        self.assertEqual(self.codes("  ", "fi_FI"), [])


class TestRecallNoticeContents(BaseCase):
    """Each item that is missing is named."""

    def test_an_urgent_letter_names_all_it_lacks(self):
        lacking = {
            code: text
            for code, text in LETTER.items()
            if code not in ("reply_by", "contact_24h", "lots")
        }
        self.assertEqual(
            missing_from("fda", lacking, "I"), ["lots", "reply_by", "contact_24h"]
        )
        self.assertEqual(missing_from("fda", LETTER, "I"), [])

    def test_blank_is_missing(self):
        for blank in ("", "  \n", None, [], False):
            self.assertEqual(missing_from("fda", LETTER | {"lots": blank}), ["lots"])

    def test_date_ranges_stand_for_lots(self):
        ranges = LETTER | {"lots": [], "date_ranges": "best before up to 7 Oct 2026"}
        self.assertEqual(missing_from("fda", ranges), [])

    def test_urgent_stands_in_the_title_of_class_one_and_two(self):
        calm = LETTER | {"title": "Food recall"}
        for recall_class in ("I", "II"):
            self.assertEqual(missing_from("fda", calm, recall_class), ["urgent"])
        for recall_class in ("III", None):
            self.assertEqual(missing_from("fda", calm, recall_class), [])
        self.assertEqual(missing_from("uk_food", UK | {"title": "Recall"}, "I"), [])

    def test_a_notice_to_consumers_has_the_heading_and_a_choice(self):
        self.assertEqual(missing_from("gpsr", GPSR), [])
        self.assertEqual(missing_from("gpsr", GPSR | {"title": "Recall"}), ["heading"])
        german = GPSR | {"title": "Produktsicherheitsrückruf"}
        self.assertEqual(missing_from("gpsr", german, language="de_DE"), [])
        french = GPSR | {"title": "Rappel"}
        self.assertEqual(missing_from("gpsr", french, language="fr_FR"), [])
        self.assertEqual(missing_from("gpsr", GPSR, language="fr_FR"), ["heading"])
        single = GPSR | {"remedies": ["refund"]}
        self.assertEqual(missing_from("gpsr", single), ["second_remedy"])
        reason = single | {"single_remedy_reason": "No part to repair it with"}
        self.assertEqual(missing_from("gpsr", reason), [])
        nobody = GPSR | {"consumer_phone": "", "remedies": []}
        self.assertEqual(missing_from("gpsr", nobody), ["remedies", "consumer_line"])

    def test_nothing_at_all_lacks_everything(self):
        for kind, needed in NEEDED.items():
            self.assertEqual(missing_from(kind, {}), list(needed))
        with self.assertRaises(ValueError):
            missing_from("other", {})


UK = dict.fromkeys(NEEDED["uk_food"], "something") | {"consumer_phone": "0800 1"}

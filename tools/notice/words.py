"""Words that make a hazard sound smaller, which some notices must not hold.

Regulation (EU) 2023/988, article 36(2)(c); the same words are no error elsewhere.

>>> hazard = "Recalled as a voluntary precaution, no accidents reported."
>>> [finding.code for finding in findings("gpsr", "en_GB", hazard)]
['voluntary', 'precaution', 'no_accidents']
>>> findings("uk_food", "en_GB", hazard)
[]
"""

import re
import unicodedata
from typing import Final, NamedTuple

#: Kinds of notices that the words are forbidden in.
STRICT: Final = frozenset({"gpsr"})
#: Instead of a word: nobody has listed those of the language.
NO_LIST: Final = "no_list"

_ENGLISH = {
    "voluntary": r"voluntar(?:y|ily)",
    "precaution": r"precaution(?:ary|arily)?",
    "discretion": r"discretion(?:ary)?",
    "rare": r"in (?:\w+ )?(?:rare|specific) (?:situation|case|circumstance|instance)s?",
    "no_accidents": (
        r"(?:no|without|not any|zero)(?: (?:any|known|reported|confirmed|serious|such"
        r"|consumer|customer|cases of|reports of))* (?:accident|incident|injury"
        r"|injurie|complaint|illness|illnesse)s?"
        r"|(?:nobody|no one) (?:was|has been) (?:hurt|injured)"
    ),
}
_GERMAN = {
    "voluntary": r"freiwillig\w*",
    "precaution": r"vorsorglich\w*|vorsichtshalber|vorsichtsmaßnahme|vorsorge",
    "discretion": r"ermessen\w*",
    "rare": r"in (?:\w+ )?(?:seltenen|spezifischen) (?:situationen|fällen)",
    "no_accidents": (
        r"kein(?:e|en|erlei)?(?: (?:bekannten|gemeldeten|bestätigten|schweren))*"
        r" (?:unfall|unfälle|vorfälle|verletzungen|verletzten|beschwerden)"
        r"|ohne (?:unfall|unfälle|verletzungen)"
    ),
}
_FRENCH = {
    "voluntary": r"volontaire(?:s|ment)?",
    "precaution": r"précaution|à titre préventif",
    "discretion": r"discrétionnaires?|à (?:la|sa|notre) discrétion",
    "rare": (
        r"dans (?:de |des |quelques )?(?:très )?rares (?:situations|cas)"
        r"|dans (?:des|certaines) (?:situations|cas) (?:rares|spécifiques)"
    ),
    "no_accidents": (
        r"(?:aucune?|sans|pas d[e'’])(?: cas d[e'’])?\s*"
        r"(?:accident|incident|blessure|blessé|plainte)s?"
    ),
}


def _compiled(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    # Lines are wrapped anywhere.
    return {
        code: re.compile(rf"\b(?:{pattern})\b".replace(" ", r"\s+"), re.IGNORECASE)
        for code, pattern in words.items()
    }


WORDS: Final = {
    "en": _compiled(_ENGLISH),
    "de": _compiled(_GERMAN),
    "fr": _compiled(_FRENCH),
}


class Finding(NamedTuple):
    """Something that the hazard must not say."""

    #: a code of ``WORDS``, or ``NO_LIST``
    code: str
    #: as it stands there
    text: str


def findings(kind: str, language: str, hazard: str) -> list[Finding]:
    """Return what a notice of this kind must not say, each code once, as it comes.

    :param language: code as of Odoo, like ``de_AT``; of others than ``WORDS`` somebody
        has to read the text: that is one finding, if there is a text
    :param hazard: plain text
    """
    if kind not in STRICT or not hazard.strip():
        return []
    words = WORDS.get(language.partition("_")[0].lower())
    if words is None:
        return [Finding(NO_LIST, language)]
    text = unicodedata.normalize("NFC", hazard)
    matches = [(code, pattern.search(text)) for code, pattern in words.items()]
    found = [(match.start(), code, match.group()) for code, match in matches if match]
    return [Finding(code, matched) for _start, code, matched in sorted(found)]

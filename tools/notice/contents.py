"""What a notice must hold before it can be approved, by whom it is written for.

>>> letter = {
...     "title": "URGENT: food recall", "date": "24 Nov 2026", "product": "Almond bar",
...     "size": "50 g", "hazard": "Undeclared milk", "stop_use": "Do not sell it.",
...     "pass_on": "Tell your customers.", "what_to_do": "Send it back.",
...     "reply_link": "https://example.com/r", "contact": "Quality, 9 to 17 h",
... }
>>> missing_from("fda", letter, "I")
['lots', 'reply_by', 'contact_24h']
>>> missing_from("fda", letter, "III")
['lots', 'reply_by']
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

Contents = Mapping[str, object]

_LETTER = (
    "title",
    "date",
    "product",
    "size",
    "lots",
    "hazard",
    "stop_use",
    "pass_on",
    "what_to_do",
    "reply_link",
    "reply_by",
    "contact",
)
#: Codes of what each kind of notice needs, in the order of a letter.
NEEDED: Final[Mapping[str, Sequence[str]]] = {
    # 21 CFR 7.49
    "fda": _LETTER,
    # Regulation (EU) 2023/988, article 36(2); not for food, feed and medicines
    "gpsr": (
        "title",
        "picture",
        "product",
        "brand",
        "lots",
        "hazard",
        "stop_use",
        "what_to_do",
        "remedies",
        "consumer_line",
        "sharing",
    ),
    # a notice at the point of sale
    "uk_food": (
        "title",
        "date",
        "product",
        "size",
        "lots",
        "hazard",
        "stop_use",
        "what_to_do",
        "consumer_line",
    ),
    "neutral": _LETTER,
}
#: Codes of which one of several will do.
ONE_OF: Final[Mapping[str, Sequence[str]]] = {
    "lots": ("lots", "date_ranges"),
    "consumer_line": ("consumer_phone", "online_service"),
}
#: Classes that are urgent, and ask for somebody who answers at night.
URGENT_CLASSES: Final = ("I", "II")
URGENT: Final = "URGENT"
#: What a notice of this kind is called by law, by language.
HEADINGS: Final = {"en": "Product safety recall", "de": "Produktsicherheitsrückruf"}
FEWEST_REMEDIES: Final = 2


def missing_from(
    kind: str,
    contents: Contents,
    recall_class: str | None = None,
    language: str = "en",
) -> list[str]:
    """Return the code of each item that is missing, in the order of the letter.

    Beside codes of ``NEEDED``: ``contact_24h``; ``urgent`` where the title does not
    say so; ``heading`` where it is not the one the law names, or where nobody has given
    it in a language that we do not know it in; ``second_remedy`` where
    consumers cannot choose, and no reason says why.

    :param kind: one of ``NEEDED``
    :param contents: ``{code: text, list or True}``; blank is missing
    :param recall_class: I, II, III or none
    :param language: code as of Odoo, like ``en_US``
    :raise ValueError: if there is no such kind
    """
    if kind not in NEEDED:
        raise ValueError(f"{kind} is no kind of notice.")
    needed = [item for item in NEEDED[kind] if not _has(contents, item)]
    return [
        *needed,
        *_of_class(kind, contents, recall_class),
        *_gpsr(kind, contents, language),
    ]


def _has(contents: Contents, item: str) -> bool:
    return any(_is_there(contents.get(code)) for code in ONE_OF.get(item, (item,)))


def _is_there(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _of_class(kind: str, contents: Contents, recall_class: str | None) -> Iterator[str]:
    if NEEDED[kind] is not _LETTER or recall_class not in URGENT_CLASSES:
        return
    title = str(contents.get("title") or "")
    if title.strip() and URGENT not in title.upper():
        yield "urgent"
    if not _has(contents, "contact_24h"):
        yield "contact_24h"


def _gpsr(kind: str, contents: Contents, language: str) -> Iterator[str]:
    if kind != "gpsr":
        return
    title = str(contents.get("title") or "")
    if title.strip() and not _bears_heading(title, language):
        yield "heading"
    remedies = contents.get("remedies")
    count = len(set(remedies)) if isinstance(remedies, list | tuple | set) else 0
    if 0 < count < FEWEST_REMEDIES and not _has(contents, "single_remedy_reason"):
        yield "second_remedy"


def _bears_heading(title: str, language: str) -> bool:
    """Tell whether a title is what the law names, as far as we know its words.

    >>> _bears_heading("Product safety recall: cot", "en_IE")
    True
    >>> _bears_heading("Product safety recall: cot", "fr_FR")
    False
    >>> _bears_heading("Rappel : lit", "fr_FR")
    True
    """
    known = HEADINGS.get(language.partition("_")[0].lower())
    if known:
        return known.casefold() in title.casefold()
    # Whoever reads another language has to be given its words: somebody has typed them.
    return HEADINGS["en"].casefold() not in title.casefold()

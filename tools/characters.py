"""Characters that nobody sees, and so nobody can type again or compare."""

import unicodedata

#: Letters that turn around or join, bytes that steer a device, ends of lines.
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
#: Control characters have no name of their own in Unicode.
_CONTROLS = {"\x00": "NULL", "\n": "LINE FEED", "\r": "END OF LINE"}

#: Spaces and dashes that look alike on a label, in Unicode's categories Zs and Pd.
SPACES = " \t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"


def first_unseen(text: str) -> int:
    """Return the index of the first character that nobody sees, -1 without one.

    A tabulator is a wide space, which Odoo leaves in numbers of pasted lists.

    >>> first_unseen("LOT 1-ä°"), first_unseen("LOT\\u202e1"), first_unseen("A\\n")
    (-1, 3, 1)
    """
    if text.isprintable():
        return -1
    unseen = (
        position
        for position, character in enumerate(text)
        if unicodedata.category(character) in _UNSEEN and character != "\t"
    )
    return next(unseen, -1)


def name_of(character: str) -> str:
    """Return what Unicode calls a character, with its number.

    >>> name_of("\\u200b"), name_of("\\x00"), name_of("\\x1d")
    ('U+200B ZERO WIDTH SPACE', 'U+0000 NULL', 'U+001D CONTROL CHARACTER')
    """
    known = _CONTROLS.get(character, "CONTROL CHARACTER")
    return f"U+{ord(character):04X} {unicodedata.name(character, known)}"


def made_visible(text: str) -> str:
    """Return a text with a sign in place of each character that nobody sees.

    >>> made_visible("LOT\\u202e1")
    'LOT�1'
    """
    return "".join(
        "�" if unicodedata.category(char) in _UNSEEN else char for char in text
    )

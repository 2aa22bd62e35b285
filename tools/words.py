"""Whether a text says anything, in any script.

>>> says_something("Burnt down"), says_something("沈没"), says_something("Ok!")
(True, True, False)
>>> says_something(" . "), says_something("12345"), says_something(None)
(False, False, False)
"""

#: From here on a letter is a syllable or a word: Hiragana, Han, Hangul.
SYLLABLES = 0x3040
#: A word has so many letters, or two syllables.
LETTERS, SYLLABLE = 3, 2


def says_something(text: str | None) -> bool:
    """Tell whether a text has a word in it: no full stop alone, and no number."""
    letters = [character for character in text or "" if character.isalpha()]
    weight = sum(SYLLABLE if ord(each) >= SYLLABLES else 1 for each in letters)
    return weight >= LETTERS

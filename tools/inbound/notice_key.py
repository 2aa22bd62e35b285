"""Which notices are one, however often and however typed they come."""

import re


def notice_key(firm: str, number: str, product: str, lot: str) -> tuple[str, ...]:
    """Return what two copies of one notice share, however they were typed.

    Nothing but case, spaces and the dashes and dots between is left out: other numbers
    are other notices.

    >>> notice_key("Pharmatech LLC", "F-0276-2017", "Docusate", "30661601") == (
    ...     notice_key("pharmatech  llc ", "f 0276/2017", "DOCUSATE", " 30661601")
    ... )
    True
    """
    return tuple(_typed(part) for part in (firm, number, product, lot))


def _typed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def is_another_version(known: str, new: str) -> bool:
    """Tell whether a notice that comes is another version of one that is known.

    One without a version is the first, and one that does not say says nothing new.

    >>> is_another_version("1", "2"), is_another_version("", "Rev. 2")
    (True, True)
    >>> is_another_version("v1", "Version 1"), is_another_version("", "1")
    (False, False)
    >>> is_another_version("2", "")
    False
    """
    return bool(_version(new)) and _version(new) != (_version(known) or "1")


def _version(text: str) -> str:
    return re.sub(r"^(version|revision|update|rev|v|no)", "", _typed(text))

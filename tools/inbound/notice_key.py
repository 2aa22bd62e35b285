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

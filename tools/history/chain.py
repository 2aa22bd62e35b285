"""A chain of checksums over a history, so that nobody rewrites it unnoticed.

Each event has a *digest* of what it says. Each *seal* has a hash over the digest of its
event and the hash of the seal before it: whoever changes, removes, inserts or moves an
event would have to write every later seal anew, and the last one may have been printed.

>>> first = digest({"what": "Disposition", "new_value": "On hold"})
>>> noon = datetime(2026, 3, 1, 12)
>>> seal = link(GENESIS, 1, 71, first, noon)
>>> good = digest({"what": "Disposition", "new_value": "Released"})
>>> last = link(seal, 2, 72, good, noon)
>>> bad = digest({"what": "Disposition", "new_value": "Rejected"})
>>> link(seal, 2, 72, bad, noon) == last
False
>>> link(seal, 2, 72, good, datetime(2026, 3, 1, 11)) == last
False
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

#: What a field of an event holds.
Value = str | int | bool | datetime | None

#: What the first seal stands upon.
GENESIS = "0" * 64
#: format -> what its digests cover, in this order. Formats are added and never changed:
#: old events are checked by the format they were written in.
FORMATS = {
    "1": (
        "company_id",
        "date",
        "user_id",
        "user_name",
        "lot_key",
        "lot_name",
        "kind",
        "what",
        "old_value",
        "new_value",
        "reason",
        "res_model",
        "res_id",
        "document",
        "signature",
        "identity",
    ),
}
CURRENT = "1"
_to_json = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def canonical(values: Mapping[str, Value], version: str = CURRENT) -> str:
    """Return the one text that stands for an event's values.

    :param values: by field name; what is missing, False or empty counts as empty
    :param version: one of ``FORMATS``

    >>> canonical({"user_name": "Zoë", "res_id": 0, "date": datetime(2026, 3, 1, 9)})
    ... # doctest: +ELLIPSIS
    '[null,"2026-03-01T09:00:00.000000",null,"Zo\\\\u00eb",null,...null]'
    """
    plain = [_plain(values.get(name)) for name in FORMATS[version]]
    return _to_json(plain)


def _plain(value: Value) -> str | int | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value


def digest(values: Mapping[str, Value], version: str = CURRENT) -> str:
    """Return ``"<format>:<SHA-256 of the canonical text>"``.

    >>> digest({})[:12], len(digest({}))
    ('1:3c032a44a2', 66)
    """
    text = canonical(values, version).encode()
    return f"{version}:{hashlib.sha256(text).hexdigest()}"


def is_digest_of(stored: str | None, values: Mapping[str, Value]) -> bool:
    """Tell whether ``stored`` is the digest of ``values``, in its own format.

    >>> is_digest_of(digest({"what": "Dates"}), {"what": "Dates"})
    True
    >>> [is_digest_of(bad, {}) for bad in (None, "", "9:00", "1:00")]
    [False, False, False, False]
    """
    version = (stored or "").partition(":")[0]
    return version in FORMATS and stored == digest(values, version)


def link(
    previous: str,
    number: int,
    event_id: int,
    event_digest: str,
    sealed: datetime | None = None,
) -> str:
    """Return the hash of a seal.

    :param previous: hash of the seal before, ``GENESIS`` for the first
    :param number: of the seal in its company, from 1 without gaps
    :param event_id: the event that it seals
    :param event_digest: as of ``digest``
    :param sealed: when it was sealed, to the second, in UTC; None: as seals were made
        before they covered it
    """
    text = f"{previous}|{number}|{event_id}|{event_digest}"
    if sealed is not None:
        text = f"{text}|{sealed.isoformat(timespec='seconds')}"
    return hashlib.sha256(text.encode()).hexdigest()


def is_link(
    stored: str,
    previous: str,
    number: int,
    event_id: int,
    event_digest: str,
    *,
    sealed: datetime,
) -> bool:
    """Tell whether ``stored`` is the hash of a seal, by this or the earlier format.

    Nobody makes an earlier one of a later: its hash would be another, and so would
    those of all seals after it.

    >>> noon = datetime(2026, 3, 1, 12)
    >>> facts = GENESIS, 1, 7, "1:a"
    >>> moments = noon, None, datetime(2026, 3, 1, 13)
    >>> [is_link(link(*facts, when), *facts, sealed=noon) for when in moments]
    [True, True, False]
    """
    facts = previous, number, event_id, event_digest
    return stored in (link(*facts, sealed), link(*facts))
